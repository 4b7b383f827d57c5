/* Preloaded into processes: calls that write below a folder fail as a shared file says. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PLACE = 1024 };

/* 0: all is well; whether reads fail, too; how many calls have failed; below which folder. */
static volatile struct {
  int32_t error, reads, failed, unused;
  char place[PLACE];
} * told;

__attribute__((constructor)) static void find(void) {
  const char *path = getenv("LEAN_FUZZ_TEST_DISK");
  int (*really)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  int file = path == NULL ? -1 : really(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *memory = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory != MAP_FAILED) told = memory;
  close(file);
}

static int is_below(const char *path) {
  const char *place = (const char *)told->place;
  size_t length = strlen(place);
  return strncmp(path, place, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int fails(int below) {
  if (!below) return 0;
  __atomic_add_fetch(&told->failed, 1, __ATOMIC_RELAXED);
  errno = told->error;
  return 1;
}

static int path_fails(int folder, const char *path) {
  if (told == NULL || told->error == 0 || path == NULL) return 0;
  char whole[PATH_MAX * 2], base[PATH_MAX] = "";
  if (path[0] != '/') {
    char link[64];
    snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, base, sizeof base - 1);
    base[length < 0 ? 0 : length] = 0;
  }
  snprintf(whole, sizeof whole, "%s%s%s", base, base[0] == 0 ? "" : "/", path);
  return fails(is_below(whole));
}

static int file_fails(int file) {
  if (told == NULL || told->error == 0) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  int kept = errno;
  ssize_t length = readlink(link, path, sizeof path - 1);
  errno = kept;
  if (length <= 0) return 0;
  path[length] = 0;
  return fails(is_below(path));
}

static int read_fails(int file) { return told != NULL && told->reads != 0 && file_fails(file); }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* ---- writing and reading */

#define CALL(result, name, test, parameters, arguments) \
  result name parameters {                              \
    static result(*really) parameters;                  \
    if (really == NULL) really = REAL(name);            \
    if (test) return -1;                                \
    return really arguments;                            \
  }

CALL(ssize_t, write, file_fails(file), (int file, const void *bytes, size_t size), (file, bytes, size))
CALL(ssize_t, pwrite, file_fails(file), (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at))
CALL(ssize_t, pwrite64, file_fails(file), (int file, const void *bytes, size_t size, off64_t at), (file, bytes, size, at))
CALL(ssize_t, writev, file_fails(file), (int file, const struct iovec *parts, int count), (file, parts, count))
CALL(ssize_t, pwritev, file_fails(file), (int file, const struct iovec *parts, int count, off_t at), (file, parts, count, at))
CALL(ssize_t, pwritev64, file_fails(file), (int file, const struct iovec *parts, int count, off64_t at), (file, parts, count, at))
CALL(int, fsync, file_fails(file), (int file), (file))
CALL(int, fdatasync, file_fails(file), (int file), (file))
CALL(int, ftruncate, file_fails(file), (int file, off_t size), (file, size))
CALL(int, ftruncate64, file_fails(file), (int file, off64_t size), (file, size))
CALL(ssize_t, read, read_fails(file), (int file, void *bytes, size_t size), (file, bytes, size))
CALL(ssize_t, pread, read_fails(file), (int file, void *bytes, size_t size, off_t at), (file, bytes, size, at))
CALL(ssize_t, pread64, read_fails(file), (int file, void *bytes, size_t size, off64_t at), (file, bytes, size, at))

/* ---- names */

CALL(int, rename, path_fails(AT_FDCWD, from) || path_fails(AT_FDCWD, to), (const char *from, const char *to), (from, to))
CALL(int, unlink, path_fails(AT_FDCWD, path), (const char *path), (path))
CALL(int, unlinkat, path_fails(folder, path), (int folder, const char *path, int flags), (folder, path, flags))
CALL(int, rmdir, path_fails(AT_FDCWD, path), (const char *path), (path))
CALL(int, mkdir, path_fails(AT_FDCWD, path), (const char *path, mode_t mode), (path, mode))
CALL(int, mkdirat, path_fails(folder, path), (int folder, const char *path, mode_t mode), (folder, path, mode))
CALL(int, link, path_fails(AT_FDCWD, to), (const char *from, const char *to), (from, to))
CALL(int, symlink, path_fails(AT_FDCWD, to), (const char *from, const char *to), (from, to))
CALL(int, chmod, path_fails(AT_FDCWD, path), (const char *path, mode_t mode), (path, mode))

/* ---- opening: what is opened to be written, and made where nothing is */

static int opening_fails(int folder, const char *path, int flags) {
  if ((flags & O_ACCMODE) == O_RDONLY && (flags & O_CREAT) == 0) return 0;
  return path_fails(folder, path);
}

#define OPEN(name, folder, parameters, arguments)                    \
  int name parameters {                                              \
    static __typeof__(&name) really;                                 \
    if (really == NULL) really = REAL(name);                         \
    va_list more;                                                    \
    va_start(more, flags);                                           \
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0; \
    va_end(more);                                                    \
    if (opening_fails(folder, path, flags)) return -1;               \
    return really arguments;                                         \
  }

OPEN(open, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPEN(openat, folder, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPEN(openat64, folder, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))

#include "memory_file.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace leanfuzz::os {

int create_memory_file(const char* name, size_t bytes) {
  const int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) return -errno;
  if (ftruncate(fd, static_cast<off_t>(bytes)) == 0 &&
      fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0) {
    return fd;
  }
  const int error = errno;
  close(fd);
  return -error;
}

long file_size(int fd) {
  struct stat info {};
  return fstat(fd, &info) == 0 ? static_cast<long>(info.st_size) : -static_cast<long>(errno);
}

long next_data(int fd, long from) {
  const off_t at = lseek(fd, static_cast<off_t>(from), SEEK_DATA);
  return at < 0 ? -static_cast<long>(errno) : static_cast<long>(at);
}

int map_over(void* address, size_t bytes, int fd) {
  return mmap(address, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED ? -errno : 0;
}

void unmap(void* address, size_t bytes) {
  if (bytes > 0) munmap(address, bytes);
}

int lock_file(const char* path, bool wait) {
  const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return -errno;
  int result;
  do {
    result = flock(fd, LOCK_EX | (wait ? 0 : LOCK_NB));
  } while (result != 0 && errno == EINTR);
  if (result == 0) return fd;
  const int error = errno;
  close(fd);
  return -error;
}

}  // namespace leanfuzz::os

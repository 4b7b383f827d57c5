// The command `lean` of a toolchain that has only the libraries: loads them from ../lib/lean and calls the whole
// command, which they contain.
#include <dlfcn.h>
#include <stdio.h>

#include <filesystem>

int main(int argc, char** argv) {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "lib/lean";
  void* library = nullptr;
  for (const char* name : {"libInit_shared.so", "libleanshared_2.so", "libleanshared_1.so", "libleanshared.so"}) {
    library = dlopen((folder / name).c_str(), RTLD_NOW | RTLD_GLOBAL);
    if (library == nullptr) return fprintf(stderr, "lean: %s\n", dlerror()), 1;
  }
  const auto lean_main = reinterpret_cast<int (*)(int, char**)>(dlsym(library, "lean_main"));
  return lean_main == nullptr ? (fprintf(stderr, "lean: %s\n", dlerror()), 1) : lean_main(argc, argv);
}

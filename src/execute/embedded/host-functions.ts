/** A function that the host gives to the module. Emscripten keeps its signature in `sig`, for table entries. */
export type HostFunction = ((...args: number[]) => unknown) & { sig?: string };

/** A stand-in for an import, with the original's signature. */
export function likeImport(original: unknown, standIn: (...args: number[]) => unknown): HostFunction {
  return Object.assign(standIn, { sig: (original as HostFunction).sig });
}

/**
 * Host functions that executed code must never reach. Lean code can call any exported C function by
 * `@[extern]`, so a missing wrapper in Lean's own library is no protection: what leads out of the module is cut
 * here, at its imports.
 */
const forbidden =
  /^(_emscripten_system|emscripten_wget_data|getaddrinfo|getnameinfo|lean_uv_.*|__syscall_(accept4|bind|connect|getpeername|getsockname|getsockopt|listen|recvfrom|recvmsg|sendmsg|sendto|socket)|_dlopen_js|_emscripten_dlopen_js|__pthread_create_js|_setitimer_js|emscripten_set_timeout|_emscripten_receive_on_main_thread_js)$/;

/** JavaScript that is compiled in; Lean's own main uses it to mount the host's folders, boot needs some of it. */
const inlineScript = 'emscripten_asm_const_int';

/** File system calls that are refused once the files are away. Reading and writing open descriptors stays. */
const fileCall =
  /^__syscall_(openat|faccessat|chdir|chmod|fchownat|fchdir|fchmod|fchmodat2|fchown32|stat64|newfstatat|lstat64|ftruncate64|getcwd|getdents64|mkdirat|mknodat|fallocate|readlinkat|unlinkat|rmdir|renameat|statfs64|fstatfs64|symlinkat|truncate64|utimensat|pipe)$/;

const notSupported = -52; // ENOSYS in emscripten's numbering
const noSuchFile = -44; // ENOENT

/** Cuts what leads out of the module, in place; the file system as soon as `files.away`. */
export function restrict(environment: Record<string, unknown>, files: { readonly away: boolean }): void {
  for (const [name, original] of Object.entries(environment)) {
    if (forbidden.test(name)) {
      environment[name] = likeImport(original, () => notSupported);
    } else if (name === inlineScript) {
      const run = original as HostFunction;
      environment[name] = likeImport(original, (...args) => (files.away ? 0 : run(...args)));
    } else if (fileCall.test(name)) {
      const call = original as HostFunction;
      environment[name] = likeImport(original, (...args) => (files.away ? noSuchFile : call(...args)));
    }
  }
}

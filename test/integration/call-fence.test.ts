import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probeFences } from '../../src/execute/lake/template-server.js';
import { leanHostPath } from '../../src/native/addon.js';
import { findProgram } from '../../src/util/find-program.js';
import { nativeLean } from '../support/native-lean.js';
import { generous, serve, shell } from '../support/template-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Refused as if the kernel were older; no argument is one that any of them takes. */
const notThere = [
  ...[
    'io_uring_setup',
    'io_uring_enter',
    'shmget',
    'msgget',
    'semget',
    'mq_open',
    'add_key',
    'request_key',
    'keyctl',
  ],
  ...[
    'ptrace',
    'process_vm_readv',
    'process_vm_writev',
    'kcmp',
    'move_pages',
    'migrate_pages',
    'pidfd_getfd',
  ],
  ...['bpf', 'perf_event_open', 'userfaultfd', 'fanotify_init', 'mount', 'umount2', 'pivot_root', 'chroot'],
  ...[
    'open_by_handle_at',
    'open_tree',
    'move_mount',
    'fsopen',
    'fsconfig',
    'fsmount',
    'fspick',
    'mount_setattr',
  ],
  ...[
    'quotactl',
    'quotactl_fd',
    'init_module',
    'finit_module',
    'delete_module',
    'kexec_load',
    'reboot',
    'swapon',
  ],
  ...[
    'swapoff',
    'acct',
    'syslog',
    'settimeofday',
    'clock_settime',
    'sethostname',
    'setdomainname',
    'vhangup',
  ],
  ...['mbind', 'set_mempolicy', 'clone3'],
];

/** Says how the kernel answers to each, then to what is refused by its arguments, and what stays possible. */
const asking = `
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
static void said(const char *name, long result) { printf("%s %s\\n", name, result >= 0 ? "made" : strerrorname_np(errno)); }
static long waited(long pid) { if (pid == 0) _exit(0); return pid < 0 ? -1 : waitpid(pid, 0, 0); }
static void *nothing(void *given) { return given; }
int main(void) {
  const unsigned long spaces[] = {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET};
${notThere.map((name) => `  said("${name}", syscall(SYS_${name}, -1, -1, -1, -1, -1, -1));`).join('\n')}
  said("unknown", syscall(500, -1, -1, -1, -1, -1, -1));
  for (int i = 0; i < 7; i++) said("space by unshare", unshare(spaces[i]));
  for (int i = 0; i < 7; i++) said("space by clone", waited(syscall(SYS_clone, spaces[i] | SIGCHLD, 0, 0, 0, 0)));
  said("space by setns", setns(open("/proc/self/ns/user", O_RDONLY), 0));
  said("terminal", ioctl(0, TIOCSTI, "x"));
  said("personality", personality(ADDR_NO_RANDOMIZE));
  pthread_t thread;
  pid_t spawned;
  char *words[] = {"true", 0}, *none[] = {0};
  said("thread", pthread_create(&thread, 0, nothing, 0) || pthread_join(thread, 0) ? -1 : 0);
  said("process", waited(fork()));
  said("program", posix_spawn(&spawned, "/bin/true", 0, 0, words, none) ? -1 : waited(spawned));
  said("its personality", personality(0xffffffff));
}
`;

const native = await nativeLean('a native Lean in the fence of commands');
const fences = await probeFences();
const hasCompiler = findProgram('cc') !== undefined;

describe.runIf(fences.noNetwork)('calls that a fenced command does not have', () => {
  it.skipIf(!hasCompiler).each([
    ['without network', false],
    ['with network', true],
  ])('%s', async (_, network) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'asking.c'), asking);
    const program = join(folder, 'asking');
    execFileSync('cc', ['-pthread', '-o', program, join(folder, 'asking.c')]);
    const { client } = await serve();
    await client.take();
    const result = await client.run({ arguments: [program], environment: {}, limits: generous, network });
    const expected = [
      ...[...notThere, 'unknown'].map((name) => `${name} ENOSYS`),
      ...Array.from({ length: 7 }, () => 'space by unshare EPERM'),
      ...Array.from({ length: 7 }, () => 'space by clone EPERM'),
      ...['space by setns EPERM', 'terminal EPERM', 'personality EPERM'],
      ...['thread made', 'process made', 'program made', 'its personality made'],
    ];
    expect(result).toMatchObject({ ending: 'exited', code: 0, stderr: '' });
    expect(result.stdout.trim().split('\n')).toEqual(expected);
  });

  it('and what builds take goes on working: git, make, a compiler, Node', async () => {
    const files = {
      'a.c': '#include <stdio.h>\nint main(void) { puts("compiled"); }\n',
      Makefile: 'all: a b\na: a.c\n\tcc -o a a.c && ./a\nb:\n\t@sleep 0.01; echo made\n',
    };
    const tools = {
      git: [
        'git -c init.defaultBranch=m init -q . && git add a.c && git -c user.name=n -c user.email=e commit -q -m m && git log --format=%s',
        'm',
      ],
      make: ['make -s -j2', 'compiled'],
      cc: ['cc -o a a.c && ./a', 'compiled'],
    } as const;
    const { client } = await serve({ files });
    await client.take();
    for (const [name, [line, said]] of Object.entries(tools)) {
      if (findProgram(name) === undefined) continue;
      const result = await shell(client, `export TMPDIR="$PWD"; ${line}`);
      expect(result).toMatchObject({ ending: 'exited', code: 0, stderr: '' });
      expect(result.stdout).toContain(said);
    }
    const script =
      "require('node:worker_threads'); require('node:child_process').execFileSync('true'); console.log('ran')";
    const node = { arguments: [process.execPath, '-e', script], environment: { PATH: '/usr/bin:/bin' } };
    const result = await client.run({ ...node, limits: generous });
    expect(result).toMatchObject({ ending: 'exited', code: 0, stdout: 'ran\n' });
  });

  it.skipIf(native === undefined)('and a native Lean compiles', async () => {
    const { client } = await serve({ files: { 'A.lean': 'prelude\ninductive N : Type where\n  | z : N\n' } });
    const { project } = await client.take();
    const words = [leanHostPath(), '--compile', 'A.lean', 'A.olean', ...(native?.libraries ?? [])];
    const result = await client.run({ arguments: words, environment: {}, limits: generous });
    expect(result).toMatchObject({ ending: 'exited', code: 0, stdout: '', stderr: '' });
    expect(statSync(join(project, 'A.olean')).size).toBeGreaterThan(1000);
  });
});

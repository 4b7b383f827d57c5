import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TemplateClient } from '../../src/execute/lake/template-client.js';
import { TemplateServer, probeFences } from '../../src/execute/lake/template-server.js';
import { packageRoot } from '../../src/util/package.js';
import { descendantsOf, eventually, livingProcess, survivors } from '../support/processes.js';
import {
  contentsOf,
  folderWith,
  generous,
  restored,
  serve,
  shell,
  sleepersBelow,
  smallTemplate,
} from '../support/template-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe.each([
  ['all fences', []],
  ['no PID namespace', ['pidNamespace' as const]],
])('with %s', (_, without) => {
  it.each([
    ['one group', 'bomb() { bomb | bomb & }; bomb; sleep 60'],
    ['many sessions', 'i=0; while [ $i -lt 400 ]; do setsid sleep 60 & i=$((i+1)); done; wait'],
  ])('processes without end in %s are contained', async (__, line) => {
    const { client, server } = await serve({ without });
    await client.take();
    const result = await shell(client, line, { processes: 100, wallMillis: 30_000 });
    expect(result).toMatchObject({ ending: 'processes', code: 100 });
    expect(sleepersBelow(server)).toEqual([]);
    await client.giveBack();
    await client.take();
    expect(await shell(client, 'echo fine')).toMatchObject({ ending: 'exited', stdout: 'fine\n' });
  });
});

describe('a command', () => {
  it('has no capability, nor can a program that it starts get one', async () => {
    const { client } = await serve();
    await client.take();
    const { stdout } = await shell(client, 'grep -E "^(Cap|NoNewPrivs)" /proc/self/status');
    for (const set of ['Inh', 'Prm', 'Eff', 'Amb'])
      expect(stdout).toMatch(new RegExp(`^Cap${set}:\\s+0+$`, 'm'));
    if (process.getuid?.() === 0) expect(stdout).toMatch(/^CapBnd:\s+0+$/m);
    expect(stdout).toMatch(/^NoNewPrivs:\s+1$/m);
  });
});

describe('a command', () => {
  it('makes nothing that outlives it and that no limit counts', async () => {
    if (spawnSync('perl', ['-e', '']).status !== 0) {
      console.warn('LEFT OUT: objects of System V: no perl, which asks for them');
      return;
    }
    const asked = ['shmget(0, 4096, 0600)', 'semget(0, 1, 0600)', 'msgget(0, 0600)'];
    const said = asked.map((call) => `print defined ${call} ? "made\\n" : "$!\\n";`);
    const { client } = await serve();
    await client.take();
    const { stdout } = await shell(client, `perl -e '${said.join(' ')}'`);
    expect(stdout.trim().split('\n')).toEqual(asked.map(() => 'Function not implemented'));
  });
});

describe('a command that writes without end is ended', () => {
  it('by the size of one file', async () => {
    const { client } = await serve();
    await client.take();
    const result = await shell(client, 'exec head -c 10G /dev/zero > big', { fileBytes: 1 << 20 });
    expect(result).toMatchObject({ ending: 'signalled', code: 25 });
  });

  it.each([
    ['many files', 'i=0; while :; do head -c 1M /dev/zero > f$i; i=$((i+1)); done'],
    ['one file', 'exec head -c 10G /dev/zero > big'],
  ])('by the size of the copy, with %s', async (_, line) => {
    const { client } = await serve();
    await client.take();
    const result = await shell(client, line, { copyBytes: 8 << 20 });
    expect(result.ending).toBe('disk-full');
    await client.giveBack();
    const { project } = await client.take();
    expect(contentsOf(project)).toEqual(smallTemplate);
  });
});

const fences = await probeFences();

describe('what runs in a copy', () => {
  it.runIf(fences.landlock)('changes nothing outside of it', async () => {
    const { client, connect: another, store } = await serve({ copies: 2 });
    const outside = temporaryFolder();
    const other = await (await another()).take();
    const { temporary } = await client.take();
    const targets = [
      `${outside}/x`,
      `${store}/x`,
      `${other.project}/x`,
      `${other.project}/../x`,
      '../x',
      '../../master/project/x',
    ];
    const result = await shell(
      client,
      `${targets.map((path) => `(echo x > ${path})`).join('; ')}; rm -rf ${other.project}; mv Solution.lean ${outside}; ` +
        `ln Solution.lean ${outside}/l; mkdir ${outside}/d; echo ok > own; echo ok > ${temporary}/own; echo ok > /dev/null`,
    );
    expect(result.stderr.match(/Permission denied/g)?.length).toBeGreaterThanOrEqual(targets.length + 2);
    expect(readdirSync(outside)).toEqual([]);
    expect(contentsOf(other.project)).toEqual(smallTemplate);
    expect(readFileSync(join(temporary, 'own'), 'utf8')).toBe('ok\n');
  });

  it.runIf(fences.noNetwork)('opens no socket, unless the caller says so', async () => {
    const { client, server } = await serve();
    await client.take();
    const script = `
      const { connect } = require('node:net');
      const attempt = (where) => new Promise((done) => connect(where).on('connect', () => done('open')).on('error', ({ code }) => done(code)));
      Promise.all([attempt({ port: 9, host: '127.0.0.1' }), attempt({ path: ${JSON.stringify(server.socketPath)} })])
        .then((answers) => { console.log(answers.join(' ')); process.exit(); });`;
    const command = { arguments: [process.execPath, '-e', script], environment: {}, limits: generous };
    expect(await client.run(command)).toMatchObject({ ending: 'exited', stdout: 'EACCES EACCES\n' });
    const open = await client.run({ ...command, network: true });
    expect(open.stdout).toBe('ECONNREFUSED open\n');
  });

  // Lean looks itself up by its number, and does not start where somebody else has it.
  it.runIf(fences.pidNamespace)('finds itself in /proc by its number, and nobody outside', async () => {
    const { client } = await serve();
    await client.take();
    const { stdout } = await shell(client, 'readlink /proc/$$/exe; cat /proc/[0-9]*/comm');
    const [itself = '', ...all] = stdout.trim().split('\n');
    expect(itself).toMatch(/sh$/);
    // Its keeper, and the shell.
    expect(all.slice(1)).toEqual(['sh']);
  });

  it.runIf(fences.signalScope || fences.pidNamespace)('signals nobody outside', async () => {
    const { client, server } = await serve();
    await client.take();
    const result = await shell(
      client,
      `kill -9 ${server.pid}; kill -9 ${process.pid}; kill -9 -1; echo alive`,
    );
    expect(result.ending === 'exited' || result.ending === 'signalled').toBe(true);
    expect(livingProcess(server.pid)).toBeDefined();
    expect(await shell(client, 'echo fine')).toMatchObject({ stdout: 'fine\n' });
  });
});

describe('whoever dies', () => {
  it('a client: what ran for it is ended, and its copy restored', async () => {
    const { client, server, connect: another } = await serve();
    const other = await another();
    await other.take();
    const running = shell(other, 'echo x > Solution.lean; sleep 60').catch(() => 'gone');
    await eventually('it runs', () => sleepersBelow(server).length > 0);
    other.close();
    const { project } = await client.take();
    expect(contentsOf(project)).toEqual(smallTemplate);
    expect(sleepersBelow(server)).toEqual([]);
    expect(await running).toBe('gone');
  });

  it('a keeper: its command is lost, the next one runs', async () => {
    const { client, server } = await serve();
    await client.take();
    const running = shell(client, 'sleep 60');
    await eventually('it runs', () => sleepersBelow(server).length > 0);
    const family = descendantsOf(server.pid).map(({ pid }) => pid);
    descendantsOf(server.pid)
      .filter(({ parent }) => parent === server.pid)
      .forEach(({ pid }) => process.kill(pid, 'SIGKILL'));
    expect(await running).toMatchObject({ ending: 'lost', message: 'its keeper died' });
    expect(await survivors(family)).toEqual([]);
    expect(await shell(client, 'echo fine')).toMatchObject({ stdout: 'fine\n' });
  });

  it('the server: nothing runs on, and the next start clears the store', async () => {
    const { client, server, store, template } = await serve({ copies: 2 });
    await client.take();
    const running = shell(client, 'setsid sleep 60 & sleep 60').catch((error: unknown) => String(error));
    await eventually('it runs', () => sleepersBelow(server).length > 1);
    const family = descendantsOf(server.pid).map(({ pid }) => pid);
    process.kill(server.pid, 'SIGKILL');
    expect(await running).toMatch(/template server: it has ended/);
    expect(await survivors(family)).toEqual([]);
    expect(readdirSync(store)).toHaveLength(1);
    const folders = (): string[] => readdirSync(join(store, readdirSync(store)[0] ?? ''));
    const [left] = folders();
    const next = await TemplateServer.start({ template, copies: 1, stores: [store] });
    expect(folders()).toHaveLength(1);
    expect(folders()).not.toContain(left);
    await next.stop();
    expect(readdirSync(store)).toEqual([]);
  });

  it('the process that started it: the server ends and clears up', async () => {
    const [store, template] = [temporaryFolder(), folderWith(smallTemplate)];
    const program = join(packageRoot, 'build/Release/lean_fuzz_template_server');
    const script = `const { spawn } = require('node:child_process');
      const server = spawn(${JSON.stringify(program)}, [${JSON.stringify(template)}, '1', '4294967295', ${JSON.stringify(store)}], { stdio: ['pipe', 'pipe', 'inherit'] });
      server.stdout.on('data', () => console.log(server.pid)); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (data: Buffer) => resolve(Number(data))),
    );
    expect(livingProcess(pid)).toBeDefined();
    parent.kill('SIGKILL');
    expect(await survivors([pid], 10_000)).toEqual([]);
    expect(readdirSync(store)).toEqual([]);
  });
});

describe('a store without room', () => {
  it('for the master is named at the start', async ({ skip }) => {
    const store = smallFileSystem('600k') ?? skip('no right to mount a file system');
    const template = folderWith({ 'Big.bin': Buffer.alloc(1 << 20) });
    await expect(TemplateServer.start({ template, copies: 1, stores: [store] })).rejects.toThrow(
      /^template server: copying .*\/Big.bin to .*: No space left on device$/,
    );
    expect(readdirSync(store)).toEqual([]);
  });

  it('gives way to the next one, and so does one that somebody else has taken', async ({ skip }) => {
    const few = smallFileSystem('1m,nr_inodes=4') ?? skip('no right to mount a file system');
    // As /dev/shm is in containers: every command would be short of room.
    const small = smallFileSystem('64m') ?? skip('no right to mount a file system');
    const taken = temporaryFolder();
    // Whoever may write there could put links in our way.
    mkdirSync(join(taken, `lean-fuzz-lake-${process.getuid?.() ?? 0}`));
    chmodSync(join(taken, `lean-fuzz-lake-${process.getuid?.() ?? 0}`), 0o777);
    const [template, good] = [
      folderWith({ ...smallTemplate, 'Big.bin': Buffer.alloc(1 << 16) }),
      temporaryFolder(),
    ];
    const server = await TemplateServer.start({ template, copies: 1, stores: [few, small, taken, good] });
    expect(server.socketPath.startsWith(`${good}/`)).toBe(true);
    await server.stop();
    expect([few, small, good].flatMap((store) => readdirSync(store))).toEqual([]);
  });

  it('for all copies costs those that do not fit, for any copy the campaign', async ({ skip }) => {
    const store = smallFileSystem('2500k') ?? skip('no right to mount a file system');
    const template = folderWith({ 'Big.bin': Buffer.alloc(1 << 20) });
    const server = await TemplateServer.start({ template, copies: 2, stores: [store] });
    onTestFinished(() => server.stop());
    const [first, second] = await Promise.all([
      TemplateClient.connect(server.socketPath),
      TemplateClient.connect(server.socketPath),
    ]);
    await first.seal(2);
    await first.take();
    expect(await restored(first)).toMatchObject({ lent: 1, broken: 1 });
    expect((await first.status()).lastProblem).toMatch(/^copy-[01]\/Big.bin: No space left on device$/);
    // Waits for the one that there is, while it can be hoped for.
    const waiting = second.take();
    first.close();
    await waiting;
    second.close();
  });
});

/** A file system in memory of so many bytes; undefined where this user may not mount one. */
function smallFileSystem(size: string): string | undefined {
  const folder = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder]);
  if (mounted.status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

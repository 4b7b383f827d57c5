import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TemplateClient } from '../../src/execute/lake/template-client.js';
import { TemplateServer } from '../../src/execute/lake/template-server.js';
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
import { descendantsOf, survivors } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('a lent copy', () => {
  it('is the template, and the template is never written to', async () => {
    const { client, template } = await serve();
    const { project, temporary } = await client.take();
    expect(contentsOf(project)).toEqual(smallTemplate);
    expect(readdirSync(temporary)).toEqual([]);
    await client.write('Solution.lean', 'example : True := trivial\n');
    await client.write('Template/Suffix/One.lean', 'new\n');
    await shell(client, 'echo changed > Template/Basic.lean; rm -r .lake');
    expect(contentsOf(project)).toEqual({
      'Solution.lean': 'example : True := trivial\n',
      'Template/Basic.lean': 'changed\n',
      'Template/Suffix/One.lean': 'new\n',
    });
    expect(contentsOf(template)).toEqual(smallTemplate);
  });

  it('is what the master was when it was sealed', async () => {
    const template = folderWith(smallTemplate);
    const server = await TemplateServer.start({ template, copies: 1, stores: [temporaryFolder()] });
    onTestFinished(() => server.stop());
    const client = await TemplateClient.connect(server.socketPath);
    onTestFinished(() => client.close());
    await client.take();
    await shell(client, 'echo warm > .lake/build/lib/Solution.olean');
    await client.giveBack();
    await client.seal(1);
    const { project } = await client.take();
    expect(contentsOf(project)).toEqual({ ...smallTemplate, '.lake/build/lib/Solution.olean': 'warm\n' });
  });

  it.each([
    [
      'changed, removed and added files',
      'echo x >> Solution.lean; rm Template/Basic.lean; echo y > New.lean',
    ],
    ['everything deleted', 'rm -rf ./* ./.lake; rm -rf "$PWD"'],
    [
      'a file that became a folder, and the other way round',
      'rm Solution.lean; mkdir Solution.lean; rm -r .lake; touch .lake',
    ],
    [
      'a link in the place of a file',
      'rm Solution.lean; ln -s /etc/passwd Solution.lean; rm -r Template; ln -s /etc Template',
    ],
    [
      'a change that hides behind size and time',
      'cp -p Solution.lean "$TMPDIR/s" 2>/dev/null || cp -p Solution.lean s; tr t T < Solution.lean > t; cat t > Solution.lean; touch -r s Solution.lean; rm s t',
    ],
    ['locked folders', 'chmod 000 Template .lake/build; mkdir locked; touch locked/x; chmod 000 locked'],
    [
      'a tree that is too deep for one path',
      'i=0; while [ $i -lt 300 ]; do mkdir deeeeep; cd deeeeep; i=$((i+1)); done',
    ],
    [
      'a lakefile and a toolchain of its own, and what was compiled put in their place',
      'echo "run_cmd evil" > lakefile.lean; echo evil > lean-toolchain; echo evil > lake-manifest.json; ln -s /tmp .lake/packages; echo evil > .lake/build/lib/Template.olean',
    ],
    ['names that no shell likes', 'touch -- "-rf" "a b" "$(printf \'n\\nl\')"'],
  ])('comes back pristine after %s', async (_, mess) => {
    const { client } = await serve();
    await client.take();
    const { ending } = await shell(client, mess);
    expect(ending).toBe('exited');
    await client.giveBack();
    const { project, temporary } = await client.take();
    expect(contentsOf(project)).toEqual(smallTemplate);
    expect(readdirSync(temporary)).toEqual([]);
    expect(await client.status()).toMatchObject({ broken: 0, lastProblem: '' });
  });

  it('is restored from a journal of what changed, not copied again', async () => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`.lake/f${i}`, `content ${i}`]));
    const { client } = await serve({ files });
    // A file that was copied shortly before it was lent counts as changed once more, until it is old enough.
    const lend = async (): Promise<number> => {
      await client.take();
      await client.giveBack();
      return (await restored(client)).journalEntries;
    };
    // Each time it is restored makes it younger: there has to be a while between.
    while ((await lend()) > 0) await setTimeout(60);
    await client.take();
    await shell(client, 'echo x > .lake/f1; rm .lake/f2; touch .lake/f3 new');
    await client.giveBack();
    // Changed, missing, touched, new.
    expect(await restored(client)).toMatchObject({ journalEntries: 4, templateEntries: 301 });
  });

  it('can be waited for, first come, first served', async () => {
    const { client, connect: another } = await serve();
    const [second, third] = [await another(), await another()];
    await client.take();
    const order: string[] = [];
    const waits = [
      second.take().then(() => order.push('second')),
      third.take().then(() => order.push('third')),
    ];
    await client.giveBack();
    await waits[0];
    expect(order).toEqual(['second']);
    second.close();
    await waits[1];
    expect(order).toEqual(['second', 'third']);
  });

  it('has more beside it when more are asked for, as pristine, and never fewer', async () => {
    const { server, client, connect: another } = await serve();
    await client.take();
    await shell(client, 'echo changed > Solution.lean');
    const [second, third] = [await another(), await another()];
    const waiting = second.take();
    await server.seal(3);
    for (const { project } of [await waiting, await third.take()])
      expect(contentsOf(project)).toEqual(smallTemplate);
    await server.seal(2);
    expect(await client.status()).toMatchObject({ lent: 3, ready: 0, broken: 0 });
  });
});

describe('a command', () => {
  it('gets its arguments, its environment and nothing else, and tells how it ended', async () => {
    const { client } = await serve();
    const { project } = await client.take();
    const result = await client.run({
      arguments: ['sh', '-c', 'env; pwd; echo "$1" >&2; ls /proc/self/fd | wc -l; exit 7', 'sh', 'a b'],
      environment: { PATH: '/usr/bin:/bin', ONLY: 'this' },
      limits: generous,
    });
    expect(result).toMatchObject({ ending: 'exited', code: 7, stderr: 'a b\n' });
    const lines = result.stdout.trim().split('\n');
    expect(lines).toContain('ONLY=this');
    expect(lines).toContain(project);
    expect(
      lines
        .filter((line) => line.includes('='))
        .every((line) => /^(PATH|ONLY|PWD|SHLVL|_|OLDPWD)=/.test(line)),
    ).toBe(true);
    // Standard input, output, error, and the one that ls reads the folder with.
    expect(Number(lines.at(-1))).toBe(4);
    expect(result.wallMicros).toBeGreaterThan(0);
  });

  it('that can not be started is told from one that fails', async () => {
    const { client } = await serve();
    await client.take();
    const missing = await client.run({ arguments: ['no-such-lake'], environment: {}, limits: generous });
    expect(missing).toMatchObject({ ending: 'not-started', code: 2, message: 'starting the command' });
    expect(await shell(client, 'kill -SEGV $$')).toMatchObject({ ending: 'signalled', code: 11 });
  });

  it('has its output counted in full and kept in part', async () => {
    const { client } = await serve();
    await client.take();
    const result = await shell(client, 'yes | head -c 5000000; echo end >&2', { outputBytes: 1000 });
    expect(result).toMatchObject({ ending: 'exited', stdoutBytes: 5_000_000, stderr: 'end\n' });
    expect(result.stdout).toBe('y\n'.repeat(500));
  });

  it.each([
    ['ignores every signal that can be ignored', "trap '' TERM INT HUP; while :; do sleep 1; done"],
    [
      'leaves processes in sessions of their own',
      'setsid sleep 60 & setsid sh -c "setsid sleep 60 & sleep 60" & sleep 60',
    ],
  ])('that %s ends at the wall clock, with all of it', async (_, line) => {
    const { client, server } = await serve();
    await client.take();
    const result = await shell(client, line, { wallMillis: 400 });
    expect(result.ending).toBe('wall-clock');
    expect(result.wallMicros).toBeLessThan(3_000_000);
    expect(sleepersBelow(server)).toEqual([]);
  });

  it('can not leave anything running when it ends', async () => {
    const { client, server } = await serve();
    await client.take();
    expect(await shell(client, 'setsid sleep 60 & nohup sleep 60 & exit 0')).toMatchObject({
      ending: 'exited',
      code: 0,
    });
    expect(sleepersBelow(server)).toEqual([]);
  });
});

describe('the server', () => {
  it('ends, and takes its copies away, where it and its keepers have been stopped', async () => {
    const { server, client, store } = await serve();
    await client.take();
    await shell(client, 'true');
    const family = [server.pid, ...descendantsOf(server.pid).map(({ pid }) => pid)];
    expect(family.length).toBeGreaterThan(1);
    family.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    await server.stop();
    expect(readdirSync(store)).toEqual([]);
    expect(await survivors(family)).toEqual([]);
  });
});

describe('the server refuses', () => {
  it.each([['../x'], ['/etc/x'], ['a/../../x'], ['.'], ['Template/'], ['link/x'], ['']])(
    'to write to "%s"',
    async (path) => {
      const { client } = await serve();
      const { project } = await client.take();
      await shell(client, 'ln -s /tmp link');
      await expect(client.write(path, 'x')).rejects.toThrow(/^template server: write: /);
      expect(contentsOf(project)).toEqual(smallTemplate);
    },
  );

  it('requests out of order', async () => {
    const { client } = await serve();
    await expect(shell(client, 'true')).rejects.toThrow('the client holds no copy');
    await expect(client.giveBack()).rejects.toThrow('the client holds no copy');
    await client.take();
    await expect(client.take()).rejects.toThrow('unknown request');
    await expect(client.seal(2)).rejects.toThrow('the client holds a copy');
  });

  it.each([
    ['a frame of 4 GiB', Buffer.from('ffffffff', 'hex')],
    ['an unknown request', Buffer.from('0400000063000000', 'hex')],
    ['noise', Buffer.from('0a00000003000000ffffffffffff', 'hex')],
  ])('%s, and serves on', async (_, bytes) => {
    const { client, server } = await serve();
    const socket = connect(server.socketPath);
    const answered = new Promise((resolve) => socket.once('data', resolve).once('close', resolve));
    socket.write(bytes);
    await answered;
    socket.destroy();
    await client.take();
    expect(await shell(client, 'echo fine')).toMatchObject({ stdout: 'fine\n' });
  });

  it('a template that is not there or holds what can not be copied, in one line', async () => {
    const stores = [temporaryFolder()];
    await expect(TemplateServer.start({ template: '/no/such', copies: 1, stores })).rejects.toThrow(
      'template server: /no/such: No such file or directory',
    );
    const template = folderWith(smallTemplate);
    await new Promise((resolve) => spawn('mkfifo', [join(template, 'pipe')]).on('exit', resolve));
    await expect(TemplateServer.start({ template, copies: 1, stores })).rejects.toThrow(
      'neither file, folder nor',
    );
    expect(readdirSync(stores[0] ?? '')).toEqual([]);
  });
});

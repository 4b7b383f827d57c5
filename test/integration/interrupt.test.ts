import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCampaign } from '../../src/index.js';
import { packageRoot } from '../../src/util/package.js';
import { Running, summaryOf, type Ended } from '../support/campaign.js';
import { descendantsOf, eventually, survivors } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A package of Lean whose files are pipes that nobody writes to: a boot that reads them hangs. */
function hangingPackage(): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'package.json'), '{"version":"0.0.0"}');
  for (const name of ['lean.js', 'lean.wasm', 'lean-lib.tar.gz'])
    execFileSync('mkfifo', [join(folder, name)]);
  return { LEAN_FUZZ_LEAN_PACKAGE: folder, LEAN_FUZZ_CACHE: join(folder, 'cache') };
}

/** Waits until Lean is being made ready: its lock is there before anything else. */
async function preparing(running: Running, cache: string): Promise<number[]> {
  await eventually('Lean is being prepared', () => existsSync(join(cache, 'prepare.lock')));
  return running.family().all;
}

/** Guards a test against what does not end; what is asserted is how it ended. */
async function endOf(running: Running): Promise<Ended> {
  const limit = setTimeout(() => running.kill('SIGKILL'), 40_000);
  const end = await running.ended;
  clearTimeout(limit);
  return end;
}

const judged = join(packageRoot, 'template', 'Solution.lean');

describe('Ctrl-C while Lean boots', () => {
  it('ends a campaign whose boot hangs, with its summary and nothing left behind', async () => {
    const [folder, environment] = [temporaryFolder(), hangingPackage()];
    const args = ['--json', '--cores', '2', '--campaign', folder, '--solutions', join(folder, 's')];
    const running = new Running(args, { environment });
    const family = await preparing(running, environment['LEAN_FUZZ_CACHE'] ?? '');
    running.kill('SIGINT');
    const end = await endOf(running);
    expect(end).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(summaryOf(end)).toMatchObject({ stoppedBy: 'signal', candidates: 0 });
    expect(await survivors(family)).toEqual([]);
    expect(existsSync(join(folder, 'join.sock'))).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends a command at %s, as a shell expects it', async (signal) => {
    const environment = hangingPackage();
    const running = new Running(['judge', judged, '--lean', 'embedded'], { environment });
    const family = await preparing(running, environment['LEAN_FUZZ_CACHE'] ?? '');
    running.kill(signal);
    const code = signal === 'SIGINT' ? 130 : 143;
    expect(await endOf(running)).toMatchObject({ code, signal: null, stdout: '', stderr: '' });
    expect(await survivors(family)).toEqual([]);
  });

  it('leaves nothing half made in the cache', async () => {
    const cache = temporaryFolder();
    const environment = { LEAN_FUZZ_CACHE: cache };
    const running = new Running(['judge', judged, '--lean', 'embedded'], { environment });
    const halfMade = (): string[] => readdirSync(cache).filter((name) => name.endsWith('.tmp'));
    await eventually('files are unpacked', () => halfMade().length > 0 || running.hasEnded);
    expect(halfMade()).toHaveLength(1);
    running.kill('SIGINT');
    expect(await endOf(running)).toMatchObject({ code: 130, stderr: '' });
    expect(halfMade()).toEqual([]);
  });
});

describe('a second Ctrl-C', () => {
  it('ends a program whose event loop does not go on', async () => {
    const folder = temporaryFolder();
    const grammar = join(folder, 'endless.mjs');
    const begun = join(folder, 'begun');
    writeFileSync(
      grammar,
      `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(begun)}, '');\nwhile (true);\n`,
    );
    const running = new Running(['--campaign', join(folder, 'c'), '--grammar', grammar]);
    await eventually('the module runs', () => existsSync(begun));
    running.kill('SIGINT');
    // Another signal, so that the kernel can't take the two for one.
    running.kill('SIGTERM');
    expect((await endOf(running)).code).toBeGreaterThan(128);
    expect(descendantsOf(running.pid)).toEqual([]);
  });
});

describe('a second signal', () => {
  // As packages do that listen for all signals while a program runs.
  const forAMoment = `process.on('SIGALRM', () => undefined).removeAllListeners('SIGALRM');`;

  it.each([
    'node',
    'lean_fuzz_template_server', // by chance: only the one that was named goes on
  ])('ends children, too, that were stopped before they could ask to end with it: %s', async (name) => {
    const program = join(temporaryFolder(), name);
    symlinkSync(process.execPath, program);
    const script = `
      import { spawn } from 'node:child_process';
      import { addon } from ${JSON.stringify(join(packageRoot, 'dist/native/addon.js'))};
      for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => undefined);
      addon().endAtSecondSignal(200);
      ${forAMoment}
      const child = spawn(${JSON.stringify(program)}, ['-e', 'setTimeout(() => undefined, 60_000)']);
      child.kill('SIGSTOP');
      console.log(child.pid);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
    const ended = once(parent, 'exit');
    parent.kill('SIGINT');
    parent.kill('SIGTERM');
    expect((await ended)[0]).toBeGreaterThan(128);
    expect(await survivors([Number(pid)])).toEqual([]);
  });

  it.each([
    ['second signal', ['SIGINT', 'SIGTERM']],
    ['SIGKILL', ['SIGKILL']],
  ] as const)('has a template server that was stopped take its copies away: %s', async (_, signals) => {
    const [template, store] = [temporaryFolder(), temporaryFolder()];
    const script = `
      import { TemplateServer } from ${JSON.stringify(join(packageRoot, 'dist/execute/lake/template-server.js'))};
      import { addon } from ${JSON.stringify(join(packageRoot, 'dist/native/addon.js'))};
      for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => undefined);
      addon().endAtSecondSignal(200);
      const server = await TemplateServer.start(${JSON.stringify({ template, copies: 1, stores: [store] })});
      process.kill(server.pid, 'SIGSTOP');
      console.log(server.pid);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
    const ended = once(parent, 'exit');
    expect(readdirSync(store)).toHaveLength(1);
    signals.forEach((signal) => parent.kill(signal));
    const [code] = (await ended) as [number | null];
    if (signals.length > 1) expect(code).toBeGreaterThan(128);
    expect(await survivors([Number(pid)])).toEqual([]);
    expect(readdirSync(store)).toEqual([]);
  });
});

describe('the signal of the library', () => {
  it('ends a campaign in order, also one that has not begun', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'c'));
    const summary = await runCampaign({
      ...{ cores: 1, lean: 'embedded', signal: AbortSignal.abort() },
      ...{ campaignFolder: join(folder, 'c'), solutionsFolder: join(folder, 's') },
    });
    expect(summary).toMatchObject({ stoppedBy: 'signal', candidates: 0 });
  });
});

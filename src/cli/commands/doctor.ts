import { statfsSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { execa } from 'execa';
import { withLean } from '../../campaign/offline/with-lean.js';
import { describeLean } from '../../api/lean.js';
import {
  checkLeanPackage,
  embeddedLean,
  findLeanPackage,
  leanPackage,
} from '../../execute/embedded/package-files.js';
import { tryCodeFence } from '../../execute/native/code-fence.js';
import { addon, addonPath } from '../../native/addon.js';
import { ExitCode, messageOf } from '../../util/errors.js';
import { cacheFolder } from '../../util/cache-folder.js';
import { packageRoot } from '../../util/package.js';
import { checkTemplate, templateFiles } from '../../execute/lake/template-files.js';
import { readSettings } from '../../options/gather.js';
import { checked } from '../../options/fill-options.js';
import { missingFences } from '../../execute/lake/server-protocol.js';
import { probeFences } from '../../execute/lake/template-server.js';
import { interruptible } from '../interrupt.js';
import { printJson, printLine } from '../output.js';
import { checkNativeLeans, type Check } from './doctor-leans.js';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('what is there, what is missing, what to do')
    .option('--json', 'print one JSON object a line', false)
    .addHelpText(
      'after',
      '\nExit code 0 when a campaign can run, 78 otherwise.\n\nExample:\n  $ npx lean-fuzz doctor',
    )
    .action(async ({ json }: { json: boolean }) => {
      const results: Check[] = [];
      const print = (name: string, result: Check): void => {
        results.push(result);
        if (json) printJson({ type: 'check', name, ...result });
        else printLine(`${result.state.padEnd(8)} ${name}: ${result.text}`);
      };
      await interruptible(async ({ signal }) => {
        for (const [name, check] of checks) {
          const result = await tried(() => check(signal));
          signal.throwIfAborted();
          print(name, result);
        }
        for (const [name, result] of await checkNativeLeans(signal)) print(name, result);
      });
      process.exitCode = results.every(({ state }) => state !== 'bad') ? ExitCode.clean : ExitCode.unexpected;
    });
}

/** One check that fails says so, and the others still run. */
async function tried(check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    return { state: 'bad', text: messageOf(error) };
  }
}

const checks: readonly (readonly [name: string, check: (signal: AbortSignal) => Promise<Check>])[] = [
  ['node', checkNode],
  [
    'compiler',
    () =>
      checkTool('c++', ['--version'], 'only needed where no prebuilt addon fits: install a C++17 compiler'),
  ],
  ['cmake', () => checkTool('cmake', ['--version'], 'not needed where node-gyp works')],
  ['addon', checkAddon],
  ['database', checkDatabase],
  ['package', checkPackage],
  ['template', checkTemplateFolder],
  ['stack', checkStack],
  ['memory', checkMemory],
  ['disk', checkDisk],
  ['embedded Lean', checkLean],
  ['lake', () => checkTool('lake', ['--version'], 'only needed for --target lake and to confirm findings')],
  ['checkers', checkCheckers],
  ['fences', checkFences],
];

function checkNode(): Promise<Check> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 17);
  return Promise.resolve({
    state: enough ? 'ok' : 'bad',
    text: `${process.version}${enough ? '' : ', expected 20.17 or newer'}`,
  });
}

async function checkTool(command: string, args: readonly string[], whatFor: string): Promise<Check> {
  try {
    const { stdout } = await execa(command, args, { timeout: 10_000 });
    return { state: 'ok', text: stdout.split('\n', 1)[0] ?? '' };
  } catch {
    return { state: 'missing', text: `no ${command} on the PATH; ${whatFor}` };
  }
}

function checkAddon(): Promise<Check> {
  return Promise.resolve({ state: 'ok', text: `${addonPath()}, layout ${addon().layoutVersion}` });
}

async function checkDatabase(): Promise<Check> {
  // Where its binary is missing, all other checks are still to be made.
  const { openSqlite } = await import('../../store/sqlite.js');
  const db = openSqlite(':memory:');
  const version: unknown = db.prepare('SELECT sqlite_version()').pluck().get();
  db.close();
  return { state: 'ok', text: `SQLite ${String(version)} by better-sqlite3` };
}

async function checkPackage(): Promise<Check> {
  const folder = findLeanPackage();
  await checkLeanPackage(folder);
  return {
    state: 'ok',
    text: `${leanPackage.name} ${leanPackage.version} in ${folder}, prepared files in ${cacheFolder()}`,
  };
}

function checkTemplateFolder(): Promise<Check> {
  const folder = join(packageRoot, 'template');
  try {
    checkTemplate(folder);
  } catch (error) {
    // Campaigns run without it; only confirming a finding on a native Lean needs it.
    return Promise.resolve({ state: 'missing', text: messageOf(error) });
  }
  return Promise.resolve({ state: 'ok', text: `${templateFiles.length} files in ${folder}` });
}

async function checkCheckers(): Promise<Check> {
  const programs = ['comparator', 'safeVerify', 'lean4export'];
  const { settings } = await readSettings();
  // The environment comes last, and before a config file.
  const found = [...new Map(settings.map((setting) => [setting.key, setting])).values()]
    .filter(({ key }) => programs.includes(key))
    .map(({ key, name, value }) => `${key} ${checked(key, value, name) as string}`);
  return found.length === 0
    ? { state: 'missing', text: 'none named in the environment, .env or a config file; see docs/lake.md' }
    : { state: 'ok', text: found.join(', ') };
}

async function checkFences(): Promise<Check> {
  const hasCodeFence = (await tryCodeFence()) !== undefined;
  const missing = [
    ...missingFences(await probeFences()),
    ...(hasCodeFence ? [] : ['no seccomp for code that a native Lean runs: --level source is refused there']),
  ];
  const all =
    'commands of the Lake target get Landlock, seccomp and a PID namespace; code that a native Lean runs, seccomp';
  return missing.length === 0 ? { state: 'ok', text: all } : { state: 'missing', text: missing.join('; ') };
}

async function checkStack(): Promise<Check> {
  const { stdout } = await execa('sh', ['-c', 'ulimit -H -s']);
  const enough = stdout === 'unlimited' || Number(stdout) >= 27_000;
  return {
    state: enough ? 'ok' : 'bad',
    text: `hard limit ${stdout}${enough ? '' : ' KiB, expected at least 27000'}`,
  };
}

function checkMemory(): Promise<Check> {
  const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const needed = (0.8 + 0.4 * availableParallelism()) * 2 ** 30;
  const text = `${gib(freemem())} free of ${gib(totalmem())}, ${availableParallelism()} cores`;
  return Promise.resolve(
    freemem() > needed ? { state: 'ok', text } : { state: 'missing', text: `${text}; use fewer --cores` },
  );
}

function checkDisk(): Promise<Check> {
  const { bavail, bsize } = statfsSync('.');
  const free = bavail * bsize;
  const text = `${(free / 2 ** 30).toFixed(1)} GiB free here`;
  return Promise.resolve({
    state: free > 2 ** 30 ? 'ok' : 'missing',
    text: free > 2 ** 30 ? text : `${text}, the first run needs 1 GiB`,
  });
}

async function checkLean(signal: AbortSignal): Promise<Check> {
  const start = performance.now();
  const accepted = await withLean({}, { signal }, async (lean) => {
    const step = { kind: 'text', text: 'theorem t : 1 + 1 = 2 := by decide' } as const;
    const [execution] = await lean.run([{ level: 'source', steps: [step], claims: [] }]);
    return execution?.steps[0]?.outcome.kind === 'accepted';
  });
  const text = `${describeLean(embeddedLean())}: booted, forked and checked a theorem in ${((performance.now() - start) / 1000).toFixed(1)} s`;
  return accepted ? { state: 'ok', text } : { state: 'bad', text: 'booted, but refused a plain theorem' };
}

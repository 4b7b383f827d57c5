import {
  cpSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa, type Result } from 'execa';
import * as tmp from 'tmp';
import which from 'which';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package.js';
import { codeBlocks } from '../support/code-blocks.js';
import { kernelSolution } from '../support/finding-folders.js';
import { fetchedLean } from '../support/native-lean.js';

const installMillis = 400_000;

let root: string;
/** Where a user has installed the package. */
let project: string;
/** TMPDIR of what is run there. */
let temporary: string;
/** A PATH with Node, npm and a shell: no compiler. */
let commands: string;
let remove: () => void;

/** Runs a command in the user's project, with nothing that npm or vitest left in the environment. */
function run(command: string, ...args: string[]): Promise<Result<{ reject: false }>> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV$)/.test(name));
  return execa(join(commands, command), args, {
    cwd: project,
    reject: false,
    extendEnv: false,
    env: { ...Object.fromEntries(inherited), TMPDIR: temporary, PATH: commands },
  });
}

async function pack(folder: string): Promise<{ archive: string; files: string[] }> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', root];
  const [tarball] = JSON.parse((await execa('npm', args, { cwd: folder })).stdout) as {
    filename: string;
    files: { path: string }[];
  }[];
  return {
    archive: join(root, tarball?.filename ?? ''),
    files: tarball?.files.map(({ path }) => path) ?? [],
  };
}

/** The package as it is published: packed, prebuilt from what was packed, and packed again. */
async function packPrebuilt(): Promise<string> {
  const { archive } = await pack(packageRoot);
  await execa('tar', ['xzf', archive], { cwd: root });
  const folder = join(root, 'package');
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  await execa('npm', ['exec', '--call', 'node dist/tools/prebuild.js --system'], { cwd: folder });
  rmSync(join(folder, 'node_modules'));
  const prebuilt = await pack(folder);
  const programs = ['lean_fuzz_lean_host', 'lean_fuzz_launcher', 'lean_fuzz_template_server'];
  const built = ['lean-fuzz.node', ...programs];
  expect(prebuilt.files).toEqual(
    expect.arrayContaining([
      ...['bin/lean-fuzz.js', 'dist/cli/main.js', 'binding.gyp', 'CMakeLists.txt'],
      ...built.map((name) => `prebuilds/linux-${process.arch}/${name}`),
    ]),
  );
  return prebuilt.archive;
}

/** A program that uses what the library has. */
const consumer = `
import { campaign, check, defineMutator, ir, judge, minimize, replay, report, runCampaign } from 'lean-fuzz';
import type { CampaignFinding, Summary } from 'lean-fuzz';
const summary: Summary = await runCampaign({ cores: 1, onFinding: ({ known, folder }) => [known, folder] });
const found: CampaignFinding[] = [];
for await (const finding of campaign({ signal: AbortSignal.timeout(1), grammar: { rules: [['A', 'a']] } }))
  found.push(finding);
const verdict: 'solution' | 'none' | 'unknown' = (await judge('')).kind;
const answer: 'accepts' | 'refuses' | 'noAnswer' = (await check('f', { as: '4.35.0' })).answer.kind;
const { rounds } = await replay('f', { times: 1 });
const smaller = await minimize('f');
const html: string = (await report('c')).html;
export default defineMutator({ name: 'm', mutate: ({ units }) => units });
// @ts-expect-error: no such option
await runCampaign({ core: 1 });
console.log(summary.tests, found, verdict, answer, rounds, smaller.kind, html, ir.nat(1n));
`;

beforeAll(async () => {
  const folder = tmp.dirSync({ unsafeCleanup: true, prefix: 'lean-fuzz-packed' });
  remove = folder.removeCallback;
  root = folder.name;
  [project, temporary, commands] = [join(root, 'project'), join(root, 'tmp'), join(root, 'commands')];
  for (const made of [project, temporary, commands]) mkdirSync(made);
  for (const command of ['node', 'npm', 'npx', 'sh'])
    symlinkSync(realpathSync(await which(command)), join(commands, command));
  writeFileSync(join(project, 'package.json'), '{"name": "user", "private": true, "type": "module"}');
  const archive = await packPrebuilt();
  const quiet = ['--no-audit', '--no-fund'];
  const installed = await run('npm', 'install', '--ignore-scripts', ...quiet, archive);
  expect(installed.exitCode, installed.stderr).toBe(0);
}, installMillis);

afterAll(() => remove());

describe('the package from its tarball', () => {
  it('names the addon first where npm has run no scripts and nothing was prebuilt', async () => {
    const prebuilds = join(project, 'node_modules/lean-fuzz/prebuilds');
    const away = join(root, 'prebuilds');
    renameSync(prebuilds, away);
    try {
      const campaign = await run('npx', 'lean-fuzz', '--time', '1s');
      expect(campaign.exitCode).toBe(78);
      expect(campaign.stderr).toMatch(
        /^lean-fuzz: native addon: nothing below .*--ignore-scripts skips it\)\n?$/,
      );
      const doctor = await run('npx', 'lean-fuzz', 'doctor');
      expect(doctor.exitCode).toBe(78);
      expect(doctor.stdout).toMatch(/^bad +addon: native addon: nothing below /m);
      expect(doctor.stdout).toMatch(/^ok +--lean auto: /m);
    } finally {
      renameSync(away, prebuilds);
    }
  });

  it('fits as it is where no compiler is to be found', async () => {
    // Its own package fetches or builds this one.
    const sqlite = 'node_modules/better-sqlite3/build';
    cpSync(join(packageRoot, sqlite), join(project, sqlite), { recursive: true });
    const { exitCode, stderr } = await run('npm', 'rebuild', 'lean-fuzz');
    expect(exitCode, stderr).toBe(0);
    expect(readdirSync(join(project, 'node_modules/lean-fuzz'))).not.toContain('build');
  });

  it('finds nothing missing', async () => {
    const { exitCode, stdout } = await run('npx', 'lean-fuzz', 'doctor');
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/^missing +compiler: /m);
    expect(stdout).toMatch(/^ok +addon: .*prebuilds/m);
    expect(stdout).toMatch(/^ok +embedded Lean:/m);
    expect(stdout).not.toMatch(/^bad/m);
  });

  it('does what the README says in a shell', async () => {
    const native = fetchedLean('a line of the README');
    const said = codeBlocks('README.md', 'sh').flatMap((block) => block.split(/\n|&&/));
    const lines = said.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
    const ofCheckouts = lines.filter((line) => line.startsWith('npm '));
    expect(ofCheckouts).toEqual(['npm ci', 'npm test']);
    const solution = kernelSolution(join(project, 'solutions'));
    const ended = [];
    for (const line of lines.filter((line) => !ofCheckouts.includes(line))) {
      // The same, sooner done, with what is here.
      const here = line
        .replace(/--time \w+/, '--time 8s')
        .replace('--runs 600', '--runs 40')
        .replace('~/.elan/toolchains/my-build', native ?? 'embedded')
        .replace('solutions/solution-<id>', solution);
      const [command = '', ...args] = here.split(' ');
      const { exitCode, stdout, stderr } = await run(command, ...args);
      expect([0, 77], `${here}\n${stderr}`).toContain(exitCode);
      ended.push(/stopped by \w+|\bstable\b/.exec(stdout)?.[0] ?? stdout);
    }
    expect(ended).toEqual(['stopped by time', 'stopped by time', 'stable', 'stopped by runs']);
    expect(readdirSync(join(project, 'campaigns'))).toHaveLength(3);
  });

  it('can be imported', async () => {
    const script = "await import('lean-fuzz'); console.log('imported');";
    const { exitCode, stdout } = await run('node', '--input-type=module', '--eval', script);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'imported' });
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'has types that a program checks with, module %s and resolution %s',
    async (module, moduleResolution) => {
      const types = join(packageRoot, 'node_modules', '@types');
      const options = { module, moduleResolution, strict: true, noEmit: true, target: 'es2022' };
      const more = {
        skipLibCheck: false,
        exactOptionalPropertyTypes: true,
        ...{ allowJs: true, checkJs: true },
        types: ['node'],
        typeRoots: [types],
      };
      writeFileSync(join(project, 'main.ts'), consumer);
      const pages = ['docs/custom-mutators.md', 'docs/grammars.md', 'docs/options.md'];
      const [readme = ''] = codeBlocks('README.md', 'ts');
      writeFileSync(join(project, 'readme.ts'), readme);
      const named = pages.map((page, index) => {
        const [code = ''] = codeBlocks(page, 'js');
        writeFileSync(join(project, `page-${index}.mjs`), code);
        return `page-${index}.mjs`;
      });
      writeFileSync(
        join(project, 'tsconfig.json'),
        JSON.stringify({
          compilerOptions: { ...options, ...more },
          files: ['main.ts', 'readme.ts', ...named],
        }),
      );
      const tsc = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
      const { exitCode, stdout } = await run('node', tsc, '--project', join(project, 'tsconfig.json'));
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    },
  );

  it('leaves nothing in the temporary folder', () => {
    expect(
      readdirSync(temporary).filter((name) => !/^(node-compile-cache|v8-compile-cache)/.test(name)),
    ).toEqual([]);
  });
});

import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Candidate, Unit } from '../../src/api/candidate.js';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { defaultLimits, ExecutorClient } from '../../src/execute/client/executor-client.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { canaries } from '../../src/execute/native/canaries.js';
import { patchOf } from '../../src/execute/native/kernel-mutants.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { attemptsAtFalse } from '../../src/generate/kernel/falsify.js';
import { encode } from '../../src/ir/encode.js';
import { sort } from '../../src/ir/expr.js';
import { one } from '../../src/ir/level.js';
import { confirm } from '../../src/judge/ask/confirm.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { audit } from '../../src/judge/audit.js';
import { SharedRegion } from '../../src/share/region.js';
import { Random } from '../../src/util/random.js';
import { findProgram } from '../../src/util/find-program.js';
import { nativeLean } from '../support/native-lean.js';
import { descendantsOf, eventually } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { KernelUnit } from '../../src/ir/unit/kernel-unit.js';

const native = await nativeLean('the host of a native Lean');
const axiom = encode([{ kind: 'axiom', name: 'A', levelParams: [], type: sort(one), unsafe: false }]);

/** One branch of the positivity check, inverted: a domain that mentions the type passes, one that does not fails. */
const patch = native && patchOf(native, 'positivity');

function candidateOf(units: readonly Unit[]): Candidate {
  return {
    level: 'kernel',
    lineage: { seed: 1, run: 1, parents: [], mutators: [], categories: [] },
    units,
  };
}

/** A Lean whose only library was made from some C. */
function libraryOf(code: string): NativeLean {
  const folder = temporaryFolder();
  const path = join(folder, 'libleanshared.so');
  writeFileSync(join(folder, 'lean.c'), code);
  execFileSync('cc', ['-shared', '-fPIC', '-o', path, join(folder, 'lean.c')]);
  return {
    ...{ kind: 'native', name: folder, version: '4.35.0', githash: 'unknown', path, hash: 'unknown' },
    ...{ root: folder, libraryFolder: folder, libraries: [path], hasOleans: false },
  };
}

async function problemOf(lean: NativeLean): Promise<string> {
  const before = descendantsOf(process.pid).length;
  const region = SharedRegion.create({ workers: 1 });
  const started = startZygote(region, { ...defaultZygoteOptions, native: lean });
  const problem = await started.then(
    (zygote) => zygote.kill().then(() => 'none'),
    (error: unknown) => (error as Error).message,
  );
  await eventually('nothing is left', () => descendantsOf(process.pid).length <= before);
  return problem;
}

describe.skipIf(findProgram('cc') === undefined)('the host of a native Lean refuses in one line', () => {
  it('a library without the functions of Lean', async () => {
    const problem = await problemOf(libraryOf('int nothing(void) { return 0; }'));
    expect(problem).toMatch(/^native Lean \(.*\): the libraries have no lean_initialize_runtime_module\b/);
    expect(problem).not.toContain('\n');
  });

  it('a library that ends the process while it is loaded', async () => {
    const problem = await problemOf(
      libraryOf('__attribute__((constructor)) static void load(void) { __builtin_trap(); }'),
    );
    expect(problem).toMatch(/its process ended during boot \(SIG(ILL|TRAP)\)/);
  });

  it('a library that needs what is not there', async () => {
    const problem = await problemOf(libraryOf('int missing(void); int use(void) { return missing(); }'));
    expect(problem).toMatch(/^native Lean .*libleanshared\.so: undefined symbol: missing$/);
  });

  it('a library that is gone', async () => {
    const lean = libraryOf('int nothing(void) { return 0; }');
    rmSync(lean.path);
    expect(await problemOf(lean)).toMatch(/libleanshared\.so: cannot open shared object file/);
  });
});

describe.skipIf(native === undefined)('a native Lean', () => {
  const real = native as NativeLean;

  it('is tried with declarations of known answers, and is right about all of them', async () => {
    expect(canaries.length).toBeGreaterThanOrEqual(40);
    const wrong: string[] = [];
    const region = SharedRegion.create({ workers: 1 });
    const options = { ...defaultZygoteOptions, native: real };
    const zygote = await startZygote(region, options, (answer) => wrong.push(answer.about));
    await zygote.kill();
    expect(wrong).toEqual([]);
  });

  it('serves on while its libraries are away, and says so when it has to be booted again', async () => {
    const parent = temporaryFolder();
    const folder = join(parent, 'here');
    mkdirSync(folder);
    const libraries = real.libraries.map((path, i) => {
      const copy = join(folder, `${i}.so`);
      cpSync(path, copy);
      return copy;
    });
    const moved: NativeLean = { ...real, libraries };
    const region = SharedRegion.create({ workers: 1 });
    const zygote = await ZygoteProcess.start(region, { ...defaultZygoteOptions, native: moved });
    renameSync(folder, join(parent, 'away'));
    try {
      const client = new ExecutorClient(region, 0, defaultLimits);
      const [execution] = await client.run([
        { level: 'kernel', steps: [{ kind: 'declaration', words: axiom }], claims: [] },
      ]);
      expect(execution).toMatchObject({ failure: null, steps: [{ refusal: null }] });
    } finally {
      await zygote.kill();
    }
    expect(await problemOf(moved)).toContain('cannot open shared object file');
  });

  it('with a planted bug comes to False, from a type that should not have been accepted', async () => {
    const negative = canaries.find(({ name }) => name === 'a negative occurrence');
    const units = (negative?.declarations ?? []).map((one) => KernelUnit.of(one));
    const attempts = attemptsAtFalse(Random.of(1), commonEnvironment, units);
    const jobs = attempts.map(({ units: more, claim }) => jobFor(candidateOf([...units, ...more]), [claim]));
    const proofsOn = async (more: object): Promise<string[]> => {
      const executions = await withLean({ native: real, ...more }, {}, (lean) => lean.run(jobs));
      const isProof = executions.map(
        ({ claims: [claim] }) => claim !== undefined && audit(claim).kind === 'accepts',
      );
      return [...new Set(attempts.filter((_, i) => isProof[i]).map(({ name }) => name))];
    };
    expect(await proofsOn({})).toEqual([]);
    expect(await proofsOn({ patch })).toContain('self');
    const [self] = attempts.filter(({ name }) => name === 'self');
    if (self === undefined) throw new Error('no attempt');
    const confirmed = await withLean({ native: real, patch }, {}, (lean) =>
      confirm(lean, candidateOf([...units, ...self.units]), self.claim),
    );
    expect(confirmed).toMatchObject({ kind: 'accepts', axioms: [] });
  });

  it('refuses a planted bug that is no branch of it, in one line', () => {
    const symbol = '_ZN4lean16add_inductive_fn16check_positivityENS_4exprERKNS_4nameEi';
    expect(patchOf(real, `${symbol}+0xab`)).toEqual(patch);
    for (const [bad, why] of [
      [`${symbol}+0x0`, 'where the bytes are'],
      ['no_such_function+0xab', 'no symbol no_such_function'],
      [`${symbol}+0xfffffff`, 'where the bytes are'],
      ['sloppiness', 'sloppiness'],
    ] as const)
      expect(() => patchOf(real, bad)).toThrow(why);
  });

  it('with a planted bug accepts what it must not', async () => {
    const negative = canaries.find(({ name }) => name === 'a negative occurrence');
    const steps = (negative?.declarations ?? []).map((one) => ({
      kind: 'declaration' as const,
      words: encode([one]),
    }));
    const answers = await Promise.all(
      [{}, { patch }].map((more) =>
        withLean({ native: real, ...more }, {}, (lean) => lean.run([{ level: 'kernel', steps, claims: [] }])),
      ),
    );
    expect(answers.map(([execution]) => execution?.steps[0]?.refusal?.kind ?? null)).toEqual([
      'kernel.other',
      null,
    ]);
    const wrongByte = { ...patchOf(real, 'positivity'), before: [0x00] };
    await expect(withLean({ native: real, patch: wrongByte }, {}, () => Promise.resolve())).rejects.toThrow(
      'a patch at',
    );
  });
});

import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Execution, Job } from '../../src/api/execution.js';
import type { NativeLean } from '../../src/api/lean.js';
import { ExecutorClient } from '../../src/execute/client/executor-client.js';
import { canaries } from '../../src/execute/native/canaries.js';
import { codeMapOf } from '../../src/execute/native/code/cached-map.js';
import type { CodeMap } from '../../src/api/code-map.js';
import { patchOf } from '../../src/execute/native/kernel-mutants.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { encode } from '../../src/ir/encode.js';
import { app, constant, nat } from '../../src/ir/expr.js';
import { one } from '../../src/ir/level.js';
import { SharedRegion } from '../../src/share/region.js';
import { leanFuzz, summaryOf } from '../support/campaign.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { errorOf } from '../support/outcomes.js';

const native = await nativeLean('coverage of a native kernel');

function mapOf(lean: NativeLean): CodeMap {
  const map = codeMapOf(lean);
  if (typeof map === 'string') throw new Error(map);
  return map;
}

/** A booted Lean whose code is watched, and what runs jobs on it. */
async function watched(
  lean: NativeLean,
  options: Partial<ZygoteOptions> = {},
): Promise<{ region: SharedRegion; client: (worker: number) => ExecutorClient }> {
  const codeMap = mapOf(lean);
  const region = SharedRegion.create({ workers: 2, executors: 4, blocks: codeMap.blocks.length });
  const zygote = await startZygote(region, { ...defaultZygoteOptions, native: lean, codeMap, ...options });
  onTestFinished(async () => {
    await zygote.kill();
    closeSync(region.fd);
  });
  return { region, client: (worker) => new ExecutorClient(region, worker) };
}

function jobOf(name: string, parts: Partial<Job> = {}): Job {
  const { declarations } = canaries.find((canary) => canary.name === name) ?? { declarations: [] };
  const steps = declarations.map((one) => ({ kind: 'declaration' as const, words: encode([one]) }));
  return { level: 'kernel', steps, claims: [], ...parts };
}

function blocksIn({ firsts = [] }: Execution): number[] {
  return firsts.flatMap(({ blocks }) => [...blocks]);
}

describe.skipIf(native === undefined || process.arch !== 'x64')('blocks of a real kernel', () => {
  const lean = native as NativeLean;

  it('are reached once in a campaign, by the declaration in work, whoever runs it', async () => {
    const { region, client } = await watched(lean);
    // Blocks that were reached when the Lean was tried do not count.
    expect(region.blocks.reached).toBe(0);
    const [first, second] = [client(0), client(1)];
    await first.replace();
    await second.replace();
    const [eta] = await first.run([jobOf('eta')]);
    const seen = blocksIn(eta as Execution);
    expect(seen.length).toBeGreaterThan(200);
    expect(new Set(eta?.firsts?.map(({ at }) => at))).toEqual(new Set([0, 1]));
    expect(region.blocks.reached).toBe(seen.length);
    expect(seen.every((block) => region.blocks.has(block))).toBe(true);
    // The other executor has its own breakpoints on them, and the campaign knows them all the same.
    const [again] = await second.run([jobOf('eta')]);
    expect(again?.firsts).toBeUndefined();
    const [pair] = await second.run([jobOf('structure eta')]);
    const more = blocksIn(pair as Execution);
    expect(more.length).toBeGreaterThan(0);
    expect(more.filter((block) => seen.includes(block))).toEqual([]);
    expect(region.blocks.reached).toBe(seen.length + more.length);
  });

  it('are none of an executor aside: what that reaches is still to be reached by a candidate', async () => {
    const { region, client } = await watched(lean);
    const aside = client(region.asideOf(0) ?? -1);
    const [unseen] = await aside.run([jobOf('eta')]);
    expect(unseen?.steps.map(({ outcome }) => outcome.kind)).toEqual(['accepted', 'accepted']);
    expect(unseen?.firsts).toBeUndefined();
    expect(region.blocks.reached).toBe(0);
    const [seen] = await client(0).run([jobOf('eta')]);
    expect(blocksIn(seen as Execution).length).toBeGreaterThan(200);
  });

  it('are told of a job that asks for a trace, but for the usual ones, and nothing is lost for others', async () => {
    const { region, client } = await watched(lean);
    const executor = client(0);
    const [once] = await executor.run([jobOf('eta')]);
    const seen = blocksIn(once as Execution).sort((a, b) => a - b);
    for (let i = 0; i < 2; i++) {
      const [traced] = await executor.run([jobOf('eta', { trace: true })]);
      expect(traced?.steps.map(({ outcome }) => outcome.kind)).toEqual(['accepted', 'accepted']);
      const trace = [...(traced?.trace ?? [])];
      expect(trace.length).toBeGreaterThan(0);
      expect(trace.length).toBeLessThan(seen.length / 4);
      expect(trace.filter((block) => seen.includes(block)).length).toBeGreaterThan(trace.length * 0.9);
      expect(trace).toEqual([...trace].sort((a, b) => a - b));
    }
    const before = region.blocks.reached;
    const [other] = await executor.run([jobOf('a nested type')]);
    expect(other?.steps.every(({ outcome }) => outcome.kind === 'accepted')).toBe(true);
    expect(blocksIn(other as Execution).length).toBe(region.blocks.reached - before);
    // A new executor finds breakpoints only on what nobody has reached.
    await executor.replace();
    const [last] = await executor.run([jobOf('a nested type'), jobOf('eta')]);
    expect(last?.firsts).toBeUndefined();
  });

  it('are also those of a kernel that counts what it unfolds, for some declarations, whose answers are the same', async () => {
    const { client } = await watched(lean);
    const map = mapOf(lean);
    const Nat = constant('Nat');
    const steps = Array.from({ length: 100 }, (_, i) => {
      const value = app(constant('id', [one]), Nat, nat(1));
      const common = { name: `d${i}`, levelParams: [], type: Nat, value };
      const words = encode([{ kind: 'definition', ...common, hint: 1, safety: 'safe' }]);
      return { kind: 'declaration' as const, words };
    });
    const [execution] = await client(0).run([{ level: 'kernel', steps, claims: [] }]);
    expect(execution?.steps.every(({ outcome }) => outcome.kind === 'accepted')).toBe(true);
    const counting = execution?.firsts?.filter(({ blocks }) =>
      [...blocks].some((block) => map.blocks[block]?.calls.includes('lean_kernel_set_diag')),
    );
    expect(counting).toHaveLength(1);
  });

  it('answers are those of a kernel that is not watched, and those of its planted bug', async () => {
    const { client } = await watched(lean);
    const executions = await client(0).run(canaries.map(({ name }) => jobOf(name)));
    canaries.forEach(({ name, isGood }, index) => {
      const error = errorOf(executions[index]?.steps.at(-1));
      expect([name, error === null]).toEqual([name, isGood]);
    });
    const mutated = await watched(lean, { patch: patchOf(lean, 'positivity') });
    const [negative] = await mutated.client(0).run([jobOf('a negative occurrence', { trace: true })]);
    expect(negative?.steps.map(({ outcome }) => outcome.kind)).toEqual(['accepted']);
    expect(negative?.trace).toBeDefined();
  });

  it('a map of another library is refused in one line', async () => {
    const map = mapOf(lean);
    const refused = async (codeMap: CodeMap): Promise<string> => {
      const region = SharedRegion.create({ workers: 1, blocks: map.blocks.length });
      const options = { ...defaultZygoteOptions, native: lean, codeMap };
      const problem = await startZygote(region, options).then(
        async (zygote) => (await zygote.kill(), 'none'),
        (error: unknown) => (error as Error).message,
      );
      closeSync(region.fd);
      return problem;
    };
    const wrong = map.blocks.map((block, index) =>
      index === 7 ? { ...block, byte: block.byte ^ 1 } : block,
    );
    expect(await refused({ ...map, blocks: wrong })).toMatch(
      /a map of the kernel's code that does not fit: another byte at \d+$/,
    );
    const beyond = [
      ...map.blocks.slice(0, -1),
      { ...map.blocks[0], offset: 0xfffffff0, byte: 0, function: 0, guards: [], calls: [] },
    ];
    expect(await refused({ ...map, blocks: beyond })).toMatch(/blocks that are no code of the library$/);
    expect(await refused({ ...map, blocks: map.blocks.slice(1) })).toMatch(/does not fit: /);
  });
});

describe.skipIf(native === undefined || process.arch !== 'x64')('a campaign that watches the kernel', () => {
  const lean = native as NativeLean;
  const args = (folder: string, ...more: string[]): string[] => [
    ...['--json', '--lean', lean.root, '--level', 'kernel', '--campaign', folder, '--seed', '5'],
    ...['--solutions', join(folder, 'solutions'), ...more],
  ];
  interface Row {
    readonly block: number;
    readonly run: number | null;
    readonly declaration: string;
  }
  const rowsIn = (folder: string): Row[] => {
    const db = new Database(join(folder, 'campaign.sqlite'), { readonly: true });
    const rows = db.prepare('SELECT * FROM blocks').all() as Row[];
    db.close();
    return rows;
  };

  it('keeps what was reached and by whom, shares it among workers, and goes on with it', async () => {
    const folder = join(temporaryFolder(), 'campaign');
    const first = await leanFuzz(args(folder, '--runs', '60', '--cores', '2'));
    expect(first.stderr).toBe('');
    const { blocks, blocksInAll } = summaryOf(first);
    expect(blocks).toBeGreaterThan(1000);
    expect(blocksInAll).toBe(mapOf(lean).blocks.length);
    const rows = rowsIn(folder);
    expect(rows).toHaveLength(blocks);
    expect(rows.every(({ declaration }) => declaration !== '')).toBe(true);
    expect(rows.filter(({ run }) => run !== null).length).toBeGreaterThan(blocks / 2);
    const second = await leanFuzz(args(folder, '--runs', '40', '--cores', '1'));
    const { blocks: later } = summaryOf(second);
    expect(later).toBeGreaterThanOrEqual(blocks);
    const kept = rowsIn(folder);
    expect(kept).toHaveLength(later);
    expect(kept.filter(({ block }) => rows.some((row) => row.block === block))).toEqual(rows);
    const told = await leanFuzz(['coverage', folder, '--json']);
    const coverage = JSON.parse(told.stdout) as {
      reached: number;
      functions: { name: string; reached: number }[];
    };
    expect(coverage.reached).toBe(later);
    expect(coverage.functions.reduce((sum, { reached }) => sum + reached, 0)).toBe(later);
    const missed = coverage.functions.find(({ reached }) => reached === 0)?.name ?? 'none';
    const lines = (await leanFuzz(['coverage', folder])).stdout.split('\n');
    expect(lines.filter((line) => line.endsWith(` ${missed}`))).toContainEqual(
      expect.stringMatching(/^ {2}0\/\d+ \(0%\) /),
    );
    expect((await leanFuzz(['coverage', folder, folder])).stdout).toBe('both have reached the same\n');
    await leanFuzz(['report', folder]);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('type_checker::infer_proj ');
  });

  it('repeats with one worker and one seed, and is off where that is said', async () => {
    const traces: string[] = [];
    for (let i = 0; i < 2; i++) {
      const folder = join(temporaryFolder(), 'campaign');
      await leanFuzz(args(folder, '--runs', '60', '--cores', '1', '--trace'));
      traces.push(readFileSync(join(folder, 'trace.ndjson'), 'utf8'));
    }
    expect(traces[1]).toBe(traces[0]);
    const folder = join(temporaryFolder(), 'campaign');
    const off = await leanFuzz(args(folder, '--runs', '10', '--cores', '1', '--coverage', 'off'));
    expect(summaryOf(off)).toMatchObject({ blocks: 0, blocksInAll: 0 });
    expect(rowsIn(folder)).toEqual([]);
    const none = await leanFuzz(['coverage', folder]);
    expect(none.code).toBe(78);
    expect(none.stderr).toMatch(
      /^lean-fuzz: .*campaign: got "a campaign without coverage", expected [^\n]*\n$/,
    );
  });
});

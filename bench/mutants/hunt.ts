import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Candidate } from '../../src/api/candidate.js';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import type { KernelPatch } from '../../src/execute/native/lean-host.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { decodeFinding } from '../../src/share/entry-codec.js';
import { packageRoot } from '../../src/util/package.js';
import { start, withTemporaryFolder } from '../cleanup.js';
import { between } from './common-run.js';

/** How a campaign is run on a mutant. */
export interface HuntOptions {
  readonly seconds: number;
  readonly cores: number;
  readonly seed: number;
  readonly coverage: 'kernel' | 'off';
}

/** The result of a campaign on a mutant; undefined is never. */
export interface Hunt {
  /** Seconds of fuzzing until a lead that the mutant shows and the unmodified kernel does not. */
  readonly noticed: number | undefined;
  /** Seconds of fuzzing until an audited proof of False. */
  readonly proved: number | undefined;
}

/** A campaign on a mutant from an empty corpus, ended by its first False. */
export function hunt(
  lean: NativeLean,
  mutant: string,
  patch: KernelPatch,
  { seconds, cores, seed, coverage }: HuntOptions,
): Promise<Hunt> {
  return withTemporaryFolder(async (folder) => {
    const campaign = join(folder, 'campaign');
    const args = [
      ...[join(packageRoot, 'bin/lean-fuzz.js'), '--json', '--lean', lean.path.replace(/\/[^/]*$/, '')],
      ...['--level', 'kernel', '--cores', String(cores), '--time', `${seconds}s`, '--seed', String(seed)],
      ...['--kernel-mutant', mutant, '--coverage', coverage, '--stop-on-solution', 'any', '--no-confirm'],
      ...['--campaign', campaign, '--solutions', join(folder, 'solutions')],
    ];
    const child = start(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    await once(child, 'exit');
    const rows = findingsIn(campaign);
    const proved = rows.find(({ kind }) => kind === 'solution')?.seconds;
    const lead = await firstOfMutant(lean, patch, rows);
    return { noticed: earliest(lead, proved), proved };
  });
}

interface Row {
  readonly kind: string;
  readonly seconds: number;
  readonly candidate: Candidate;
}

function findingsIn(campaign: string): Row[] {
  const db = new Database(join(campaign, 'campaign.sqlite'), { readonly: true });
  try {
    const rows = db
      .prepare('SELECT kind, elapsed_seconds AS seconds, finding FROM findings ORDER BY elapsed_seconds')
      .all() as { kind: string; seconds: number; finding: Uint8Array }[];
    return rows.map(({ kind, seconds, finding }) => ({
      kind,
      seconds,
      candidate: decodeFinding(finding).candidate,
    }));
  } finally {
    db.close();
  }
}

/**
 * When the first finding came whose declarations the mutant answers otherwise than the unmodified kernel, or builds
 * so.
 */
async function firstOfMutant(
  lean: NativeLean,
  patch: KernelPatch,
  rows: readonly Row[],
): Promise<number | undefined> {
  if (rows.length === 0) return undefined;
  const jobs = rows.map(({ candidate }) => ({
    ...jobFor(candidate, []),
    made: candidate.units.flatMap(({ kind, declares }) => (kind === 'inductive' ? declares.slice(0, 1) : [])),
  }));
  const run = (more: { patch?: KernelPatch }) =>
    withLean({ native: lean, ...more }, { jobMillis: 5000 }, (executor) => executor.run(jobs));
  const [unmodified, mutated] = [await run({}), await run({ patch })];
  const index = mutated.findIndex((execution, at) => {
    const expected = unmodified[at];
    const failsAlone = execution.end.kind !== 'finished' && expected?.end.kind === 'finished';
    return failsAlone || between(expected, execution) !== 'same';
  });
  return rows[index]?.seconds;
}

function earliest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

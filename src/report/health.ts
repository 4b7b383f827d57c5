import type { CampaignRecord } from '../api/report.js';
import { duration, percent } from './format.js';
import { newest, recent, secondsWithoutNews } from './recent.js';
import { isMonotonous } from './variety.js';

/** Something that keeps a campaign from finding what it could, and what to do about it. */
export interface Problem {
  readonly problem: string;
  readonly advice: string;
}

/** Facts about a campaign that the machine knows and its database does not. */
export interface Surroundings {
  readonly isRunning: boolean;
  /** Its process, where somebody has stopped that. */
  readonly stopped?: number | undefined;
  /** Cores that processes may use. */
  readonly cores: number;
  /** Bytes that are free where the campaign's folder is; undefined where that is not known. */
  readonly freeBytes?: number | undefined;
}

/** Candidates, and seconds of fuzzing, before which numbers say little. */
const enough = { candidates: 500, seconds: 60 } as const;
/** Shares above, or below, which something is out of order. */
const bounds = { restarts: 0.05, accepted: 0.5, judging: 0.5, slowWorker: 0.25 } as const;
/** Seconds after which a campaign without news stands still, if they are half of its time, too. */
const stillSeconds = 600;
const fewBytes = 1 << 30;

/** Problems of a campaign, the worst first; none where all is well. */
export function problemsOf(record: CampaignRecord, surroundings: Surroundings): Problem[] {
  const { isRunning, stopped, cores, freeBytes = Infinity } = surroundings;
  const now = newest(record);
  const problems: Problem[] = [];
  const add = (isThere: boolean, problem: () => string, advice: string): void => {
    if (isThere) problems.push({ problem: problem(), advice });
  };
  add(
    stopped !== undefined,
    () => `its process ${stopped} is stopped (SIGSTOP, Ctrl-Z or a debugger): nothing goes on`,
    `kill -CONT ${stopped} lets it go on`,
  );
  add(
    freeBytes < fewBytes,
    () => `${Math.floor(freeBytes / (1 << 20))} MiB are free where the campaign's folder is`,
    'make room: a campaign waits for it ten minutes, and ends then',
  );
  // Those without a name get their folders with it, and what other machines have found need not have any here.
  const unwritten = record.findings.filter(
    ({ folder, isUnnamed, machine }) => folder === undefined && isUnnamed !== true && machine === undefined,
  );
  add(
    unwritten.length > 0,
    () =>
      unwritten.length === 1
        ? `1 finding has no folder: ${unwritten[0]?.id ?? ''}`
        : `${unwritten.length} findings have no folder, ${unwritten[0]?.id ?? ''} among them`,
    'they are in the database: lean-fuzz replay CAMPAIGN ID; resume the campaign with --solutions on a folder that can be written',
  );
  if (now === undefined || now.candidates === 0) {
    add(
      !isRunning || (now?.elapsedSeconds ?? 0) >= enough.seconds,
      () => 'no candidate was run',
      'run it for longer than Lean takes to boot; lean-fuzz doctor says how Lean does',
    );
    return problems;
  }
  const isGrown = now.candidates >= enough.candidates;
  add(
    isMonotonous(now),
    () =>
      `${now.candidates} candidates have shown ${now.features} different behaviours only: nothing guides the search`,
    'see what is made (lean-fuzz gen) and what Lean says of it (lean-fuzz corpus list); another grammar, another level',
  );
  const restarts = now.restarts / now.candidates;
  const causes = { timeouts: now.timeouts, crashes: now.crashes, 'out of memory': now.outOfMemory };
  const [cause = '', most = 0] = Object.entries(causes).sort(([, one], [, other]) => other - one)[0] ?? [];
  add(
    isGrown && restarts > bounds.restarts,
    () =>
      `${now.restarts} executors had to be replaced (${percent(now.restarts, now.candidates)} of candidates), most for ${cause} (${most})`,
    cause === 'crashes'
      ? 'see the leads: a crash that repeats is one'
      : 'smaller candidates (--depth), or larger limits (--timeout, --memory-limit)',
  );
  add(
    now.declarations > 0 && isGrown && now.declarationsAccepted / now.declarations < bounds.accepted,
    () => `Lean accepts ${percent(now.declarationsAccepted, now.declarations)} of the declarations`,
    'little is built on what is refused: smaller candidates (--depth), a grammar nearer to what Lean takes',
  );
  const still = secondsWithoutNews(record);
  add(
    still > stillSeconds && still > now.elapsedSeconds / 2,
    () => `nothing new was seen for ${duration(still)}`,
    'another level, depth or seed, a mutator of yours, entries of other campaigns (--import); or it has done its work',
  );
  add(
    isGrown && now.shareJudging > bounds.judging,
    () => `workers spend ${percent(now.shareJudging, 1)} of their time judging`,
    'the worst leads are asked about again and again: see them, and name what is known (--known)',
  );
  const last = recent(record);
  const rates = [...last.byWorker.values()].sort((one, other) => one - other);
  const median = rates[Math.floor(rates.length / 2)] ?? 0;
  const slow = [...last.byWorker].filter(([, tests]) => tests < median * bounds.slowWorker);
  add(
    isRunning && last.seconds >= enough.seconds && slow.length > 0,
    () => `workers ${slow.map(([worker]) => worker).join(', ')} do less than a quarter of what the others do`,
    'see what else runs on the machine, and its memory',
  );
  add(
    isRunning && last.byWorker.size > 0 && last.byWorker.size < cores,
    () => `${last.byWorker.size} of ${cores} cores are used`,
    `--cores ${cores} when it is resumed, or join it from another terminal with --cores ${cores - last.byWorker.size}`,
  );
  const errors = Object.entries(record.errors).sort(([, one], [, other]) => other - one);
  add(
    errors.length > 0,
    () =>
      `candidates came to errors: ${errors
        .slice(0, 3)
        .map(([kind, count]) => `${kind} (${count})`)
        .join(', ')}`,
    'their candidates and stacks are in the folder errors; what is not of a mutator of yours is a bug of lean-fuzz',
  );
  add(
    now.dropped > 0,
    () => `${now.dropped} entries or declarations were dropped: damaged, or read too late`,
    'fewer workers, or a quieter machine; lean-fuzz repair where the database is damaged',
  );
  const { asked, notAsked } = record.opinions ?? { asked: 0, notAsked: 0 };
  add(
    notAsked > asked,
    () => `others were asked about ${percent(asked, asked + notAsked)} of the candidates`,
    'fewer of --against, or fewer workers: others are asked beside them',
  );
  return problems;
}

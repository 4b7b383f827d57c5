import { z } from 'zod';
import { packageVersion } from '../../util/package.js';
import { inputLevels } from '../../api/execution.js';

/** The lines of `--json`, said once: the package's schema is made of this, and tests hold real output against it. */

/** Counted up when a field goes away or means something else; new fields may come without. */
const outputVersion = 1;

const count = z.int().min(0);
const share = z.number().min(0);
const seconds = z.number().min(0).describe('seconds of fuzzing');
const levels = z.enum(inputLevels);
const classes = z.enum(['soundness', 'difference', 'instability', 'completeness', 'failure']);
const kinds = z.enum(['lead', 'solution']);

/** The words that every line begins with. */
function line<Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  shape: Shape,
): z.ZodObject<{ type: z.ZodLiteral<Type>; version: z.ZodLiteral<typeof outputVersion> } & Shape> {
  return z.object({ type: z.literal(type), version: z.literal(outputVersion), ...shape });
}

const lean = z
  .object({
    kind: z.enum(['embedded', 'native']),
    name: z.string(),
    version: z.string(),
    githash: z.string(),
    path: z.string(),
    hash: z.string(),
  })
  .describe('the Lean that runs; hash is the SHA-256 of the file at path');

const yields = z.object({
  level: levels,
  kind: z.enum(['mutator', 'category']),
  name: z.string(),
  candidates: count,
  newFeatures: count,
  interesting: count,
  leads: count,
  solutions: count,
});

const opinions = z
  .object({
    asked: count,
    notAsked: count,
    different: count,
    verdicts: z.array(
      z.object({ declaration: z.string(), by: z.string(), accepts: count, refuses: count, noAnswer: count }),
    ),
  })
  .describe("questions to others than the campaign's Lean");

const canaries = z
  .object({
    asked: count.describe('jobs with known answers that executors were asked'),
    wrong: count.describe('executors that answered wrongly and were replaced'),
  })
  .describe('whether candidates have changed the executors that they ran in');

const snapshot = {
  elapsedSeconds: seconds,
  tests: count,
  testsPerMinute: z.number().describe('of this run'),
  candidates: count,
  declarations: count,
  declarationsAccepted: count,
  corpus: count.describe('entries that are kept for mutation'),
  features: count.describe('different behaviours seen'),
  blocks: count.describe("blocks of the kernel's code that were reached; 0 where they are not watched"),
  blocksInAll: count,
  leads: count.describe('repeats of a signature included'),
  solutions: count.describe('repeats of a signature included'),
  newLeads: count.describe('different signatures without what a baseline knows'),
  knownLeads: count,
  newSolutions: count,
  knownSolutions: count,
  unnamedLeads: count.describe('provisional signatures, in none of the four before'),
  unnamedSolutions: count,
  leadClasses: z.partialRecord(classes, count),
  restarts: count,
  timeouts: count,
  crashes: count,
  outOfMemory: count,
  killed: count.describe('executors that somebody outside has killed'),
  canaries,
  errors: count,
  dropped: count,
  shareInsideLean: share.describe("of the workers' time"),
  shareGenerating: share,
  shareJudging: share,
  memory: z.object({ freeMiB: count, totalMiB: count }).describe("the machine's"),
  bestYields: z.array(yields),
  workers: z.array(
    z.object({
      worker: count,
      pid: count,
      state: z.enum(['starting', 'running', 'waiting', 'ended']),
      tests: count,
      candidates: count,
      leanMiB: count,
    }),
  ),
  checks: z.record(z.string(), count).optional().describe('on the Lake target: claims by their answers'),
  opinions: opinions.optional(),
  machines: z
    .object({
      others: count,
      testsPerMinute: z.number(),
      leads: count,
      solutions: count,
      isAway: z.boolean(),
      seen: z
        .array(
          z.object({
            machine: z.string(),
            host: z.string(),
            state: z.enum(['running', 'ended']),
            cores: count,
            testsPerMinute: z.number(),
            leads: count,
            solutions: count,
            secondsAgo: z.number().optional().describe('absent where nobody can tell'),
          }),
        )
        .describe('those that run first, the fastest in front; 16 at most'),
    })
    .optional()
    .describe('the other machines that share the campaign'),
};

const found = z.object({
  id: z.string(),
  kind: kinds,
  signature: z.string(),
  leadClass: classes.optional().describe('of a lead'),
  known: z.string().optional().describe('what a baseline says of it; absent for news'),
  declarations: count,
  size: count,
  folder: z.string(),
  written: z.boolean(),
});

const row = z.object({
  kind: kinds,
  signature: z.string(),
  id: z.string(),
  reason: z.string(),
  folder: z.string().optional().describe('absent where it was not written'),
  times: count,
  size: count,
  known: z.string().optional(),
  machine: z.string().optional().describe('the machine that found it; absent for this one'),
  elapsedSeconds: seconds,
});

const seenMachines = z.array(
  z.object({ report: z.looseObject({ machine: z.string() }), secondsAgo: z.number().optional() }),
);

/** Every line that `run --json` and `ci --json` print, and what `status`, `health` and `config --json` print. */
export const outputLine = z.discriminatedUnion('type', [
  line('booting', { phase: z.string(), step: z.string(), seconds: z.number() }),
  line('started', {
    campaignFolder: z.string(),
    seed: count,
    lean,
    bootSeconds: z.number(),
    bootPhases: z.array(z.object({ phase: z.string(), seconds: z.number() })).optional(),
    knownBugs: z.array(z.string()).optional().describe('of this Lean, by which False has been proved'),
    joinedWorkers: z.array(count).optional(),
  }),
  line('status', snapshot),
  line('finding', {
    id: z.string(),
    kind: kinds,
    class: classes,
    signature: z.string(),
    reasons: z.array(z.string()),
    claim: z.string().optional(),
    axioms: z.array(z.string()),
    lineage: z.object({
      seed: count,
      run: count,
      parents: z.array(z.string()),
      mutators: z.array(z.string()),
      categories: z.array(z.string()),
    }),
    outcome: z.string(),
    worker: z.int(),
    folder: z.string(),
    known: z.string().optional(),
  }),
  line('notice', { text: z.string() }),
  line('summary', {
    ...snapshot,
    unlooked: count,
    stoppedBy: z.enum(['time', 'runs', 'solution', 'signal']),
    seed: count,
    campaignFolder: z.string(),
    findings: z.array(found),
    solutionFolders: z.array(z.string()),
    knownSolutionFolders: z.array(z.string()),
    unwritten: z.array(z.object({ id: z.string(), folder: z.string() })),
    leanVersion: z.string(),
    mendedBugs: z.array(z.string()),
    yields: z.array(yields),
  }),
  line('campaign status', {
    folder: z.string(),
    isRunning: z.boolean(),
    stopped: count.nullable().describe('its process, where somebody has stopped that'),
    lean,
    seed: count,
    now: z.looseObject({ elapsedSeconds: seconds, tests: count, candidates: count }).nullable(),
    lately: z.object({ seconds: z.number(), tests: z.int(), workers: z.record(z.string(), z.int()) }),
    secondsWithoutNews: z.number(),
    findings: z.array(row),
    errors: z.record(z.string(), count),
    canaries,
    opinions: opinions.optional(),
    machines: seenMachines,
  }),
  line('shared campaign status', {
    place: z.string().describe('where machines meet, without user and password'),
    began: z.string().describe('the machine that was the first'),
    packageVersion: z.string().optional(),
    machines: seenMachines,
    findings: count,
    entries: count.describe('kept for machines that come late'),
    entryBytes: count,
    candidates: count.describe('that all machines have made'),
    fuzzedSeconds: z.number().describe('in which any of them took part'),
    end: z
      .object({ reason: z.enum(['time', 'runs', 'solution']), machine: z.string() })
      .nullable()
      .describe('for all that share limits'),
  }),
  line('config', {
    options: z.array(
      z.object({
        key: z.string().describe('as the library and config files name it'),
        flag: z.string(),
        value: z.unknown().describe('null for none'),
        source: z.enum(['default', 'file', 'environment', 'command line']),
        name: z.string().nullable().describe('what of the source; null for a default'),
      }),
    ),
  }),
  line('campaign health', {
    folder: z.string(),
    problems: z.array(z.object({ problem: z.string(), advice: z.string() })),
  }),
]);

type OutputType = z.infer<typeof outputLine>['type'];

/** A line of output: its type and the version come first. */
export function outputObject(type: OutputType, value: object): object {
  return { type, version: outputVersion, ...value };
}

/** The JSON schema of a line. */
export function outputJsonSchema(): object {
  return {
    ...z.toJSONSchema(outputLine, { io: 'input' }),
    title: `A line of lean-fuzz ${packageVersion.split('.').slice(0, 2).join('.')} --json`,
  };
}

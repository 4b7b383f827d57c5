import { z } from 'zod';
import { levelChoices } from './execution.js';

/** Names of machines: what other machines, folders and keys may be called. */
export const machineName = /^[A-Za-z0-9][\w-]{0,79}$/;

const shortText = z.string().max(200);
const count = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

const reportSchema = z.object({
  machine: z.string().regex(machineName),
  number: count,
  session: z.string().regex(/^[\w-]{1,64}$/),
  host: shortText,
  state: z.enum(['running', 'ended']),
  packageVersion: shortText,
  lean: shortText,
  kernel: shortText,
  level: z.enum(levelChoices),
  cores: count,
  elapsedSeconds: count,
  tests: count,
  testsPerMinute: count,
  candidates: count,
  corpus: count,
  features: count,
  leads: count,
  solutions: count,
});

/**
 * A machine's report about itself to the others of its campaign. `number` stands in the numbers of its candidates,
 * `session` is another one each time that it begins; `kernel` names library and planted bug, and entries go between
 * machines of the same one only; `leads` and `solutions` are signatures, those of others left out.
 */
export type MachineReport = Readonly<z.infer<typeof reportSchema>>;

/** A report with the seconds since it was made, by the clock of whoever read it. */
export interface SeenMachine {
  readonly report: MachineReport;
  /** None where nobody can tell. */
  readonly secondsAgo?: number;
}

/** The other machines of a campaign together, as they were seen last. */
export interface MachineCounts {
  /** How many others there are. */
  readonly others: number;
  readonly testsPerMinute: number;
  readonly leads: number;
  readonly solutions: number;
  /** Whether the place where they meet can't be used now. */
  readonly isAway: boolean;
  /** The others one by one, as far as they are shown: those that run first, the fastest of them in front. */
  readonly seen: readonly (Pick<
    MachineReport,
    'machine' | 'host' | 'state' | 'cores' | 'testsPerMinute' | 'leads' | 'solutions'
  > & { readonly secondsAgo?: number })[];
}

/** A report as anybody may have written it; undefined where it is none. */
export function readMachineReport(value: unknown): MachineReport | undefined {
  return reportSchema.safeParse(value).data;
}

/** Reports as a campaign's database keeps them; what is none is left out. */
export function readSeenMachines(json: string): SeenMachine[] {
  let values: unknown;
  try {
    values = JSON.parse(json === '' ? '[]' : json);
  } catch {
    return [];
  }
  if (!Array.isArray(values)) return [];
  return values.flatMap((value: unknown) => {
    const { report: said, secondsAgo } = Object(value) as Record<string, unknown>;
    const report = readMachineReport(said);
    return report === undefined
      ? []
      : [{ report, ...(typeof secondsAgo === 'number' ? { secondsAgo } : {}) }];
  });
}

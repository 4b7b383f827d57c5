import type { Execution, FailureKind, Job } from '../../api/execution.js';
import { identityOf, type LeanIdentity } from '../../api/lean.js';
import type { Asked } from '../../api/opinion.js';
import { defaultLimits, ExecutorClient } from '../../execute/client/executor-client.js';
import { header } from '../../share/layout.js';
import { SharedRegion } from '../../share/region.js';
import { StopRequest } from '../../share/states.js';
import { messageOf } from '../../util/errors.js';
import { ZygoteKeeper } from '../supervise/zygote-keeper.js';
import type { AskedLeanOptions } from './protocol.js';

/**
 * A Lean of its own in a region of its own, with one executor. Whatever happens to it is an execution without an
 * answer: an executor that dies or hangs is replaced, and so is a zygote; where none boots any more, the Lean is gone
 * and says so in each answer.
 */
export class AskedLean {
  private gone: string | undefined;

  private constructor(
    readonly lean: LeanIdentity,
    readonly label: string,
    readonly mutant: string | undefined,
    private readonly region: SharedRegion,
    private readonly executor: ExecutorClient,
    private readonly notice: (text: string) => void,
  ) {}

  /** Boots it. UserError where it can't serve. */
  static async start(
    { lean, label, mutant, zygote: options }: AskedLeanOptions,
    jobMillis: number,
    notice: (text: string) => void,
    signal: AbortSignal,
  ): Promise<AskedLean> {
    const region = SharedRegion.create({
      ...{ workers: 1, workCapacity: 1, featureCount: 1 << 10 },
      ...{ requestBytes: 4 << 20, responseBytes: 8 << 20 },
    });
    const asked = new AskedLean(
      identityOf(lean),
      label,
      mutant,
      region,
      new ExecutorClient(region, 0, { ...defaultLimits, jobMillis }, notice),
      notice,
    );
    await ZygoteKeeper.start(
      region,
      options,
      () => notice(`Lean ${label}: its zygote ended and is being replaced`),
      (error) => asked.end(`Lean ${label} can't be asked any more: ${messageOf(error)}`),
      { onWrong: ({ about }) => notice(`Lean ${label} is wrong about ${about}`) },
      signal,
    );
    return asked;
  }

  /** One execution for each job, whatever happens. */
  async run(jobs: readonly Job[]): Promise<Execution[]> {
    if (jobs.length === 0) return [];
    if (this.gone !== undefined) return jobs.map(() => failed('crashed', this.gone ?? ''));
    try {
      return await this.executor.run(jobs);
    } catch (error) {
      return jobs.map(() => failed('crashed', this.gone ?? messageOf(error)));
    }
  }

  /** The same for a record. */
  get by(): Asked {
    const { lean, mutant } = this;
    return { kind: 'lean', lean, ...(mutant === undefined ? {} : { mutant }) };
  }

  private end(why: string): void {
    this.gone = why;
    this.notice(why);
    // Who waits for an answer is told that none comes.
    this.region.store(header.stop, StopRequest.now);
    this.region.native.ring(this.region.mailboxBell(0));
  }
}

function failed(kind: FailureKind, message: string): Execution {
  return { steps: [], claims: [], shapes: [], end: { kind, message, at: 0 } };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Candidate } from '../../api/candidate.js';
import {
  accepted,
  finished,
  type Claim,
  type ClaimResult,
  type Execution,
  type Failure,
  type Job,
  type Refusal,
  type Step,
  type StepResult,
} from '../../api/execution.js';
import type { Checks } from '../../api/lake.js';
import { commonEnvironment } from '../../kernel/base-environment.js';
import { leanTextOf } from '../../ir/unit/unit.js';
import { UserError } from '../../util/errors.js';
import { checkSolution } from './checking.js';
import { buildCommand, oleansOf, type LakeTarget } from './lake-commands.js';
import { errorsIn, refusalOf, type LakeError } from './lake-messages.js';
import { describeEnding, type CommandResult } from './server-protocol.js';
import { Turns } from '../../util/turns.js';
import { Stopped } from '../client/executor-slot.js';
import { pause } from '../../util/until-aborted.js';
import { ServerGone, TemplateClient, type LentCopy } from './template-client.js';

/** One prefix in so many that builds is handed to the checkers with a claim that Lake refuses: they should, too. */
const sampleEvery = 64;

/** How often one that waits for another server looks. */
const moveMillis = 100;

/** Runs jobs by `lake build` in copies of the template. docs/lake.md says what is built when. */
export class LakeExecutor {
  /** It elaborates on Lean's own Init. */
  readonly base = commonEnvironment;
  /** Builds that did not end by themselves. */
  restarts = 0;
  /** Executors that somebody outside has killed: there is none here. */
  readonly killed = 0;
  /** Answers that are not to be believed: every copy is fresh. */
  readonly doubted = 0;
  /** None is asked, therefore. */
  readonly canaries = { answered: 0, wrong: 0 };
  private prefixes = 0;
  /** One request after the other, as the embedded executor takes them: a worker may ask while another one runs. */
  private readonly turns = new Turns();

  private client: TemplateClient | undefined;
  /** Where the server is: another one takes the place of one that ends. */
  private socketPath: string;

  constructor(
    private readonly target: LakeTarget,
    /** Whether nobody is left who would start another server. */
    private readonly isOver: () => boolean,
  ) {
    this.socketPath = target.socketPath;
  }

  /** Goes on with another server. */
  moveTo(socketPath: string): void {
    this.socketPath = socketPath;
  }

  /** Every copy is fresh. */
  replace(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.client?.close();
  }

  /** Does something with a server, from the beginning with the next one where it ends meanwhile. */
  private async served<T>(action: (client: TemplateClient) => Promise<T>): Promise<T> {
    for (;;) {
      const { socketPath } = this;
      try {
        this.client ??= await TemplateClient.connect(socketPath);
        return await action(this.client);
      } catch (error) {
        if (!(error instanceof ServerGone)) throw error;
        this.client = undefined;
        while (this.socketPath === socketPath) {
          if (this.isOver()) throw new Stopped('the campaign ends, and there is no template server');
          await pause(moveMillis);
        }
      }
    }
  }

  /** `isWanted` is asked before each job: where it says no, the result ends there. */
  run(jobs: readonly Job[], isWanted: () => boolean = () => true): Promise<Execution[]> {
    return this.turns.take(() => this.runAll(jobs, isWanted));
  }

  private async runAll(jobs: readonly Job[], isWanted: () => boolean): Promise<Execution[]> {
    const executions: Execution[] = [];
    for (const job of jobs) {
      if (!isWanted()) break;
      executions.push(await this.served((client) => this.runJob(client, job)));
    }
    return executions;
  }

  /** A candidate and a claim once more, from the beginning, by all checkers. */
  check(candidate: Candidate, claim: Claim): Promise<Checks> {
    const units = candidate.units.flatMap((unit) => leanTextOf(unit) ?? []);
    const text = wholeText(units, claim.step);
    return this.turns.take(() => this.served((client) => checkSolution(client, this.target, text)));
  }

  private async runJob(client: TemplateClient, job: Job): Promise<Execution> {
    const texts = job.steps.map(textOf);
    const copy = await client.take();
    let execution: Execution;
    try {
      execution = await this.build(client, copy, texts, job.claims);
    } finally {
      await client.giveBack();
    }
    const claims: ClaimResult[] = [];
    for (const [index, result] of execution.claims.entries()) {
      const claim = job.claims[index];
      const wanted = result.outcome.kind === 'accepted' || this.isSampled(index);
      const checks =
        wanted && claim !== undefined
          ? await checkSolution(client, this.target, wholeText(texts, claim.step))
          : undefined;
      claims.push(checks === undefined ? result : { ...result, checks });
    }
    return { ...execution, claims };
  }

  private isSampled(claim: number): boolean {
    return claim === 0 && this.prefixes % sampleEvery === 0;
  }

  /** The prefix alone; where that builds, a module for each claim, all in one build. */
  private async build(
    client: TemplateClient,
    copy: LentCopy,
    texts: readonly string[],
    claims: readonly Claim[],
  ): Promise<Execution> {
    await client.write('Solution.lean', wholeText(texts, null));
    const prefix = await client.run(buildCommand(copy, this.target, ['Solution']));
    const failure = failureOf(prefix, 0);
    if (failure !== null) return this.failed(failure, [], []);
    const steps = stepResults(texts, prefix);
    if (prefix.code !== 0) return { steps, claims: [], shapes: [], end: finished };
    this.prefixes++;
    if (claims.length === 0) return { steps, claims: [], shapes: [], end: finished };

    const modules = claims.map((_, index) => `Template.Attempt${index}`);
    for (const [index, claim] of claims.entries())
      await client.write(`Template/Attempt${index}.lean`, wholeText(texts, claim.step));
    const targets = modules.map((module) => `+${module}`);
    const attempts = await client.run(buildCommand(copy, this.target, targets));
    const cut = failureOf(attempts, texts.length);
    if (cut !== null) return this.failed(cut, steps, []);
    const errors = errorsIn(`${attempts.stdout}\n${attempts.stderr}`);
    const results = modules.map((module) => claimResult(copy, module, attempts, errors));
    return { steps, claims: results, shapes: [], end: finished };
  }

  private failed(failure: Failure, steps: StepResult[], claims: ClaimResult[]): Execution {
    this.restarts++;
    return { steps, claims, shapes: [], end: failure };
  }
}

/** The failure that kept a build from an answer; null where it gave one. */
function failureOf(result: CommandResult, at: number): Failure | null {
  const message = describeEnding(result);
  switch (result.ending) {
    case 'exited':
      return null;
    case 'wall-clock':
      return { kind: 'timeout', message, at };
    case 'disk-full':
    case 'processes':
      return { kind: 'out-of-memory', message, at };
    case 'lost':
      // Only what takes all memory ends a keeper.
      return { kind: 'out-of-memory', message, at };
    case 'signalled':
      return { kind: limitSignals.get(result.code) ?? 'crashed', message: `lake: ${message}`, at };
    case 'not-started':
      throw new UserError(`lake: ${message}`);
  }
}

/** Signals by which the kernel enforces rlimits: SIGKILL and SIGXCPU for processor time, SIGXFSZ for file size. */
const limitSignals = new Map<number, Failure['kind']>([
  [9, 'timeout'],
  [24, 'timeout'],
  [25, 'out-of-memory'],
]);

/** The units that Lean reported errors in, by their lines; where it can't be told, all of them. */
function stepResults(texts: readonly string[], result: CommandResult): StepResult[] {
  const first: StepResult = { outcome: accepted, micros: Math.max(1, result.wallMicros), heartbeats: 0 };
  const results = texts.map((_, index) => (index === 0 ? first : { ...first, micros: 1 }));
  if (result.code === 0) return results;
  const errors = errorsIn(`${result.stdout}\n${result.stderr}`).filter(
    ({ file }) => file === 'Solution.lean',
  );
  const refusal = refusalOf(result, errors);
  const refusals = new Map<number, Refusal>();
  for (const error of errors) {
    const unit = unitAt(texts, error.line);
    if (!refusals.has(unit)) refusals.set(unit, { kind: 'refused', message: error.message, error: '' });
  }
  if (refusals.size === 0) return results.map((step) => ({ ...step, outcome: refusal }));
  return results.map((step, index) => ({ ...step, outcome: refusals.get(index) ?? accepted }));
}

function unitAt(texts: readonly string[], line: number): number {
  let end = 0;
  for (const [index, text] of texts.entries()) {
    end += text.split('\n').length + separatorLines;
    if (line <= end) return index;
  }
  return texts.length - 1;
}

function claimResult(
  { project }: LentCopy,
  module: string,
  result: CommandResult,
  errors: readonly LakeError[],
): ClaimResult {
  const built = oleansOf(module).some((path) => existsSync(join(project, path)));
  const file = `${module.replaceAll('.', '/')}.lean`;
  const own = errors.filter((error) => error.file === file);
  const outcome = built ? accepted : refusalOf(result, own);
  return { outcome, micros: 1, heartbeats: 0 };
}

/** Empty lines between two units. */
const separatorLines = 1;

function wholeText(texts: readonly string[], claim: Step | null): string {
  const parts = claim === null ? texts : [...texts, textOf(claim)];
  return `${parts.join(`\n${'\n'.repeat(separatorLines)}`)}\n`;
}

function textOf(step: Step): string {
  // The command line refuses kernel-level campaigns on this target.
  if (step.kind === 'declaration') throw new Error('a declaration is no Lean text');
  return step.text;
}

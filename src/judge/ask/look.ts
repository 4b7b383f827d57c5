/**
 * Looks for false statements that a candidate itself proves, in every constant that its steps have added. From one that
 * is false by its form (src/kernel/refute), a proof of False is made, which Lean checks as a claim like any other.
 *
 *   news of the steps -> statements -> refuted by our own kernel -> claims -> what Lean says of them
 *                             ^               |
 *                             '-- constants that are not known yet are asked for
 */
import type { Unit } from '../../api/candidate.js';
import { refusalIn, type Claim, type ClaimResult, type Execution, type Job } from '../../api/execution.js';
import type { Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { constant, type Expr } from '../../ir/expr.js';
import { mentionedNames } from '../../ir/mentioned.js';
import type { Name } from '../../ir/name.js';
import { assume } from '../../kernel/assume.js';
import { baseDeclarations } from '../../kernel/base/declarations.js';
import type { Environment } from '../../kernel/environment.js';
import { DontKnow, IllTyped } from '../../kernel/failure.js';
import { Refuter, type Form, type Refutation } from '../../kernel/refute/refuter.js';
import { Typing } from '../../kernel/typing.js';
import { KnownConstants, namesOf, readDeclarations, type Learned } from '../look/known-constants.js';
import { plainTypes, Statements, type Statement } from '../look/statements.js';
import { isNameTaken } from '../no-answer.js';
import { claimedConstant } from '../suffixes.js';
import type { JobRunner } from './job-runner.js';

/** Times that unknown constants are asked for; each definition that is looked through may show more of them. */
const maxRounds = 24;
/** Constants asked for before anybody has missed them: what the values of others mention. */
const maxAhead = 100;
/** Proofs of False that are tried behind one candidate. */
const maxClaims = 64;
/**
 * Steps of our own kernel for one statement. Of those that were refuted in three campaigns each took at most 116; one
 * that computes with large numbers takes all that it is given, behind every candidate that holds it.
 */
const stepsOfStatement = 3000;

/** A constant that states what is false, and what Lean says of the proof of False that was made of it. */
export interface Sighting {
  /** The step that brought the constant. */
  readonly step: number;
  readonly constant: Name;
  readonly form: Form;
  readonly claim: Claim;
  readonly result: ClaimResult;
}

/** The result of a look. */
export interface Sightings {
  /** Those whose proof Lean accepts. */
  readonly accepted: readonly Sighting[];
  /** Constants that were not looked at to the end: too many, too large, too much to ask for or to read. */
  readonly left: number;
}

/** Types of the base environment that have values. */
const plainBaseTypes: ReadonlySet<Name> = new Set(plainTypes(baseDeclarations, () => false));

interface Refuted extends Refutation {
  readonly statement: Statement;
}

/** Looks at candidates of one Lean, and remembers what it has learned of that Lean's own constants. */
export class Look {
  private readonly known = new KnownConstants();

  /**
   * Looks at what the accepted steps of a job have brought, which ran with `look` at the source level: at all of it,
   * or at what those have brought that were run now. The others were looked at then. At the kernel level the units of
   * the steps say what they bring.
   */
  async at(
    runner: Pick<JobRunner, 'run' | 'base'>,
    job: Job,
    { steps, end }: Execution,
    which: 'all' | 'fresh' = 'fresh',
    units: readonly Unit[] = [],
  ): Promise<Sightings> {
    if (end.kind !== 'finished') return { accepted: [], left: 0 };
    const news = steps.map((step, index) => ({
      declarations: step.outcome.kind === 'accepted' ? newsOf(units[index], step.news?.declarations) : [],
      isFresh: which === 'all' || step.micros > 0,
    }));
    let left = steps.reduce((sum, step) => sum + (step.news?.left ?? 0), 0);
    const isPlain = (name: Name): boolean =>
      job.level === 'kernel' ? plainBaseTypes.has(name) : this.known.isPlain(name);
    const statements = new Statements(news, isPlain);
    if (statements.suspects.length === 0) return { accepted: [], left };
    const { refuted, open } =
      job.level === 'kernel'
        ? refuteIn(news.flatMap(({ declarations }) => declarations).reduce(assume, runner.base), statements)
        : await this.refute(runner, job, statements);
    left += open + Math.max(0, refuted.length - maxClaims);
    const accepted = await this.claim(runner, job, statements, refuted.slice(0, maxClaims));
    return { accepted, left };
  }

  private async refute(
    runner: Pick<JobRunner, 'run'>,
    job: Job,
    { suspects, facts, declarations, names }: Statements,
  ): Promise<{ refuted: Refuted[]; open: number }> {
    const refuted: Refuted[] = [];
    const added = [...declarations];
    // Constants that are known here in full are never asked for: deriving a recursor looks whether its name is free.
    const asked = new Set<Name>(declarations.flatMap(namesOf));
    let open = suspects;
    let ahead: readonly Name[] = [];
    let gaveUp = 0;
    for (let round = 0; open.length > 0 && round < maxRounds; round++) {
      const environment = this.known.with(added);
      const missing = round === 0 ? this.mentioned(environment, open, names) : new Set<Name>();
      const waiting: Statement[] = [];
      for (const statement of missing.size > 0 ? [] : open) {
        this.known.unknown.clear();
        const looked = refutationOf(environment, facts, statement);
        const refutation = looked === 'gave up' ? undefined : looked;
        // The result must not depend on constants known by chance; but the values of a candidate may compute anything.
        const wanted = [...this.known.unknown].filter(
          (name) => !asked.has(name) && !(refutation !== undefined && names.has(name)),
        );
        if (refutation !== undefined && (wanted.length === 0 || round === maxRounds - 1))
          refuted.push({ ...refutation, statement });
        if (wanted.length === 0) {
          if (looked === 'gave up') gaveUp++;
          continue;
        }
        wanted.forEach((name) => missing.add(name));
        waiting.push(statement);
      }
      if (round === 0 && missing.size > 0 && waiting.length === 0) waiting.push(...open);
      open = waiting;
      if (missing.size === 0) break;
      ahead.slice(0, maxAhead).forEach((name) => missing.add(name));
      missing.forEach((name) => asked.add(name));
      const answer = await this.ask(runner, job, [...missing]);
      if (answer === undefined) break;
      added.push(...answer.own);
      ahead = answer.mentioned.filter((name) => !asked.has(name));
    }
    return { refuted, open: open.length + gaveUp };
  }

  /**
   * Asks for constants; undefined where there is no answer. Most are Lean's own, and are asked for without the steps: on
   * an executor that has not run them these cost more than all else that a look does.
   */
  private async ask(
    runner: Pick<JobRunner, 'run'>,
    job: Job,
    names: readonly Name[],
  ): Promise<Learned | undefined> {
    const answerTo = async (
      steps: Omit<Job, 'claims'>,
      declare: readonly Name[],
    ): Promise<Learned | undefined> => {
      const [execution] = await runner.run([{ ...steps, claims: [], declare }]);
      return execution?.declared && this.known.learn(execution.declared);
    };
    const ofLean = await answerTo({ level: job.level, steps: [] }, names);
    const rest = names.filter((name) => !this.known.has(name));
    if (ofLean === undefined || rest.length === 0) return ofLean;
    const ofSteps = await answerTo(stepsOf(job), rest);
    return ofSteps && { own: ofSteps.own, mentioned: [...ofLean.mentioned, ...ofSteps.mentioned] };
  }

  /** Constants that statements mention and that are not known; not those whose values may not be needed. */
  private mentioned(
    environment: Environment,
    statements: readonly Statement[],
    own: ReadonlySet<Name>,
  ): Set<Name> {
    const names = statements.flatMap(({ name, type }) => [
      ...mentionedNames({ kind: 'axiom', name, levelParams: [], type, unsafe: false }),
    ]);
    return new Set(names.filter((name) => !own.has(name) && environment.find(name) === undefined));
  }

  private async claim(
    runner: Pick<JobRunner, 'run'>,
    job: Job,
    { names }: Statements,
    refuted: readonly Refuted[],
  ): Promise<Sighting[]> {
    if (refuted.length === 0) return [];
    const tried = async (theorem: Name): Promise<Sighting[]> => {
      const claims = refuted.map(({ proof, form }) => claimOf(theorem, proof, form));
      const [execution] = await runner.run([{ ...stepsOf(job), claims }]);
      return refuted.flatMap(({ statement, form }, index) => {
        const [claim, result] = [claims[index], execution?.claims[index]];
        if (claim === undefined || result === undefined) return [];
        return [{ step: statement.step, constant: statement.name, form, claim, result }];
      });
    };
    const sightings = names.has(claimedConstant) ? [] : await tried(claimedConstant);
    // The text may have taken the name, for something that is no news.
    const isTaken = sightings.every(({ result }) => isNameTaken(refusalIn(result)));
    const all = isTaken ? await tried(`${claimedConstant}.derived`) : sightings;
    return all.filter(({ result }) => result.outcome.kind === 'accepted');
  }
}

function newsOf(unit: Unit | undefined, words: Uint32Array | undefined): readonly Declaration[] {
  if (words !== undefined) return readDeclarations(words);
  return unit?.form === 'kernel' ? [unit.declaration] : [];
}

/** The steps once more, which the executor remembers: nothing is described of them again. */
function stepsOf({ level, steps, strict }: Job): Omit<Job, 'claims'> {
  return strict === undefined ? { level, steps } : { level, steps, strict };
}

/**
 * At the kernel level everything is known: the candidate's own declarations, on the base that they were generated on.
 */
function refuteIn(
  environment: Environment,
  { suspects, facts }: Statements,
): { refuted: Refuted[]; open: number } {
  const looked = suspects.map(
    (statement) => [statement, refutationOf(environment, facts, statement)] as const,
  );
  return {
    refuted: looked.flatMap(([statement, refutation]) =>
      refutation === undefined || refutation === 'gave up' ? [] : [{ ...refutation, statement }],
    ),
    open: looked.filter(([, refutation]) => refutation === 'gave up').length,
  };
}

function refutationOf(
  environment: Environment,
  facts: readonly Statement[],
  { term, type }: Statement,
): Refutation | 'gave up' | undefined {
  try {
    return new Refuter(new Typing(environment, null, stepsOfStatement), facts).falseFrom(type, term);
  } catch (error) {
    // Our own kernel gives up; RangeError is its stack.
    if (error instanceof DontKnow || error instanceof IllTyped || error instanceof RangeError)
      return 'gave up';
    throw error;
  }
}

function claimOf(theorem: Name, value: Expr, form: Form): Claim {
  const declaration = {
    kind: 'theorem',
    name: theorem,
    levelParams: [],
    type: constant('False'),
    value,
  } as const;
  return {
    name: `states ${form}`,
    constant: theorem,
    step: { kind: 'declaration', words: encode([declaration]) },
  };
}

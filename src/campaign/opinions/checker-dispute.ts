import { accepts, noAnswer, refuses, type Answer } from '../../api/answer.js';
import type { Candidate, KernelUnit } from '../../api/candidate.js';
import type { Finding } from '../../api/entries.js';
import { refusalIn, type Execution } from '../../api/execution.js';
import { describeAsked } from '../../api/opinion.js';
import { describeSignature, type Signature } from '../../api/signature.js';
import { questionJob, outcomeOf } from '../../judge/ask/job.js';
import { answerTo, unfinished } from '../../judge/no-answer.js';
import { mendedBug, modelledChange } from '../../judge/differential/known-changes.js';
import { changeSignature, disputedSignature, shapeOf } from '../../judge/signature.js';
import { assume } from '../../kernel/assume.js';
import { baseEnvironment } from '../../kernel/base-environment.js';
import { checkDeclaration } from '../../kernel/check.js';
import { faithful, newestRelease } from '../../kernel/mode.js';
import { encodeFinding, findingId } from '../../share/entry-codec.js';
import { atLeastRelease } from '../../util/release.js';
import { kernelPasses } from '../shrink/kernel-passes.js';
import { Shrinker } from '../shrink/shrink.js';
import { weigh, type Subject } from '../shrink/subject.js';
import type { AskedChecker } from './asked-checker.js';
import type { AskedLean } from './asked-lean.js';
import { kernelUnitsOf } from './kernel-units.js';
import type { Sample } from './samples.js';

/** Forms that are tried at once. */
const batch = 4;
/** Runs of the checker that one dispute may take. */
const budget = 400;

/** A candidate about which the campaign's Lean and a checker disagree. */
export interface Dispute {
  readonly candidate: Candidate;
  readonly execution: Execution;
  /** The checker's answer. */
  readonly answer: Answer;
}

type Asks = Pick<AskedChecker, 'ask' | 'label' | 'by'>;
type Runs = Pick<AskedLean, 'run' | 'label' | 'by' | 'lean'>;

/**
 * The answers of both to a candidate: a dispute; or one answer, where they say the same, or one of them says nothing
 * that the other could dispute.
 */
export type AskedBoth =
  { readonly dispute: Dispute; readonly expected: Sample['expected'] } | { readonly answer: Answer };

/**
 * Asks the campaign's Lean and a checker. That is asked where Lean accepts all, or refuses the last one alone; where one
 * of these is `wanted`, in that case only.
 */
export async function askBoth(
  candidate: Candidate,
  own: Pick<Runs, 'run'>,
  checker: Asks,
  wanted?: Sample['expected'],
): Promise<AskedBoth> {
  const all = kernelUnitsOf(candidate);
  const [execution] = await own.run([questionJob(all)]);
  if (execution === undefined || execution.end.kind !== 'finished' || all.length === 0)
    return { answer: unfinished(execution) };
  const said = execution.steps.map(answerTo);
  const last = said.at(-1);
  if (last?.kind !== 'accepts' && last?.kind !== 'refuses') return { answer: last ?? unfinished(execution) };
  if (said.slice(0, -1).some(({ kind }) => kind !== 'accepts'))
    return { answer: noAnswer('Lean refuses more than the last declaration') };
  const expected = last.kind;
  if (wanted !== undefined && expected !== wanted) return { answer: last };
  const answer = await checker.ask(all.map(({ declaration }) => declaration));
  if (answer === undefined) return { answer: noAnswer('its export is not whole') };
  if (answer.kind === 'noAnswer' || answer.kind === expected) return { answer };
  return { dispute: { candidate, execution, answer }, expected };
}

/**
 * Makes a sample smaller as long as the two disagree as they did: the campaign's Lean accepts all and the checker
 * refuses, or it refuses the last declaration alone and the checker accepts. Undefined where they do not.
 */
export async function shrinkDispute(
  { candidate, units, expected }: Sample,
  own: Runs,
  checker: Asks,
  deadline: number,
): Promise<Dispute | undefined> {
  const test = async ({ candidate: tried }: Subject): Promise<Dispute | undefined> => {
    const asked = await askBoth(tried, own, checker, expected);
    return 'dispute' in asked ? asked.dispute : undefined;
  };
  const shrinker = new Shrinker<Subject>({
    test: (subjects) =>
      Promise.all(subjects.map(async (one) => ((await test(one)) === undefined ? refuses('') : accepts))),
    ...{ batch, budget },
    isLess: (edited, than) => weigh(edited) < weigh(than),
    isOver: () => performance.now() >= deadline,
  });
  const start = { candidate: { ...candidate, units } };
  if ((await test(start)) === undefined) return undefined;
  const subject = await shrinker.toEnd(kernelPasses, start);
  return test(subject);
}

/** The lead that a dispute is, as encodeFinding makes it. */
export function checkerLead(dispute: Dispute, own: Runs, checker: Asks): Uint8Array {
  const { candidate, execution, answer } = dispute;
  const why = answer.kind === 'refuses' ? answer.why : '';
  const { suspect, objection, explained, change } = theoryOf(dispute, own.lean.version);
  const declaration = kernelUnitsOf(candidate)[suspect]?.declaration;
  const message = execution.steps.map(refusalIn).find((one) => one !== undefined)?.message ?? '';
  const says =
    objection ??
    `${checker.label} ${answer.kind === 'refuses' ? `refuses: ${why}` : `accepts, Lean refuses: ${message}`}`;
  const signature: Signature =
    change !== undefined || declaration === undefined
      ? changeSignature(change ?? '')
      : disputedSignature(declaration, says);
  const disagreement =
    answer.kind === 'refuses'
      ? `${own.label} accepts; ${checker.label} refuses: ${why}`
      : `${own.label} refuses: ${message}; ${checker.label} accepts`;
  const finding: Finding = {
    id: findingId(candidate, undefined, describeSignature(signature)),
    candidate,
    verdict: {
      ...{ kind: 'lead', suspect, signature },
      reasons: [disagreement, ...explained, `${describeAsked(own.by)} against ${describeAsked(checker.by)}`],
    },
    form: 'named',
    outcome: outcomeOf(execution),
    worker: 0,
  };
  return encodeFinding(finding);
}

interface Theory {
  readonly suspect: number;
  readonly objection: string | undefined;
  readonly explained: string[];
  readonly change: string | undefined;
}

/** Our own kernel's answer in theory: to the first declaration that it refuses, else of the last. */
function theoryOf({ candidate, answer }: Dispute, version: string): Theory {
  const units = kernelUnitsOf(candidate);
  let environment = baseEnvironment;
  for (const [suspect, { declaration }] of units.entries()) {
    const opinion = checkDeclaration(environment, declaration);
    if (opinion.kind === 'reject') {
      const change =
        answer.kind === 'refuses'
          ? mendedBug(version, newestRelease, opinion.rule, shapeOf(declaration))
          : undefined;
      const known = change === undefined ? [] : [`known: ${change}`];
      const explained = [`in theory: refused (${opinion.reason})`, ...known];
      return { suspect, objection: opinion.rule, explained, change };
    }
    environment = opinion.kind === 'accept' ? opinion.environment : assume(environment, declaration);
  }
  const suspect = units.length - 1;
  const change = answer.kind === 'accepts' ? changeBefore(units, version) : undefined;
  const known = change === undefined ? [] : [`known: ${change}`];
  return { suspect, objection: undefined, explained: ['in theory: accepted', ...known], change };
}

/**
 * The change since the oldest release by which one refuses the last of some units, where our own kernel refuses it as
 * well.
 */
function changeBefore(units: readonly KernelUnit[], version: string): string | undefined {
  const [last] = units.slice(-1);
  if (last === undefined) return undefined;
  const environment = units
    .slice(0, -1)
    .reduce((before, { declaration }) => assume(before, declaration), baseEnvironment);
  const answer = (release: string): string =>
    checkDeclaration(environment, last.declaration, { mode: faithful(release) }).kind;
  if (atLeastRelease(version) === undefined || answer(version) !== 'reject') return undefined;
  return modelledChange(oldest, version, shapeOf(last.declaration), answer);
}

/** A release that has none of the changes that are known. */
const oldest = '4.26.0';

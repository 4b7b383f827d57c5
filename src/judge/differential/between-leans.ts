/** Where two Leans differ about the same declarations, and what explains it. */
import type { Answer } from '../../api/answer.js';
import type { Execution, Made, StepOutcome } from '../../api/execution.js';
import type { LeanIdentity } from '../../api/lean.js';
import type { Signature } from '../../api/signature.js';
import type { Name } from '../../ir/name.js';
import type { KernelUnit } from '../../ir/unit/kernel-unit.js';
import { assume } from '../../kernel/assume.js';
import { baseEnvironment } from '../../kernel/base-environment.js';
import { checkDeclaration, type Opinion } from '../../kernel/check.js';
import type { Environment } from '../../kernel/environment.js';
import { faithful, strict, type Mode } from '../../kernel/mode.js';
import { never } from '../../util/errors.js';
import { answerTo, unfinished } from '../no-answer.js';
import { ownKernelFor } from '../own-kernel.js';
import { changeSignature, disputedSignature, shapeOf, unlikeMadeSignature } from '../signature.js';
import { changedVerdicts, refusedMessage } from './compare.js';
import { incomparableUnits } from './comparable.js';
import { areOrdered, readUnit } from './dependence.js';
import { mendedBug, modelledChange } from './known-changes.js';
import { madeDifference, readMade, unlikeMade } from './made.js';

/** A Lean, and what came of putting some declarations to it, each of which was a step of its own. */
export interface LeanExecution {
  readonly lean: LeanIdentity;
  /** Undefined where there was none. */
  readonly execution: Execution | undefined;
}

/** A declaration to which two Leans answer otherwise, or of which they make something else. */
export interface LeanDifference {
  /** Index into the declarations. */
  readonly unit: number;
  /** The constant that it is about. */
  readonly name: Name;
  /** The kind of the declaration. */
  readonly shape: string;
  /** The answers of each of them, in words. */
  readonly one: string;
  readonly other: string;
  /** The cause, the same for all differences that come from it. */
  readonly signature: Signature;
  /** The change between the two releases that it comes from. */
  readonly known?: string;
  /** Our own kernel's answers in theory and in the modes of the two releases. */
  readonly explained: readonly string[];
}

/** Answers to some declarations, in their order. */
export function answersOf(units: readonly unknown[], execution: Execution | undefined): Answer[] {
  return units.map((_, index) => {
    const step = execution?.steps[index];
    return step === undefined ? unfinished(execution) : answerTo(step);
  });
}

/** Where two Leans differ: of declarations that build on each other, the first. */
export function differencesBetween(
  units: readonly KernelUnit[],
  one: LeanExecution,
  other: LeanExecution,
): LeanDifference[] {
  const steps = ({ execution }: LeanExecution): Execution['steps'] => execution?.steps ?? [];
  const made = madeBetween(units, one, other);
  const unlike = made.flatMap(({ unit }) => units[unit] ?? []).map(readUnit);
  const positions = units.map((_, index) => index);
  const changed = changedVerdicts(steps(one), { units, positions }, steps(other));
  if (changed.length + made.length === 0) return [];
  const leftOut = incomparableUnits(units, one.lean, other.lean);
  const verdicts = changed
    .filter(({ read }) => !unlike.some((earlier) => areOrdered(earlier, read)))
    .map(({ unit, ours, theirs }) => verdictDifference(units, unit, [one, other], [ours, theirs]));
  return [...made, ...verdicts].filter(({ unit }) => !leftOut.has(unit));
}

type Both<T> = readonly [T, T];

function verdictDifference(
  units: readonly KernelUnit[],
  unit: number,
  leans: Both<LeanExecution>,
  [ours, theirs]: Both<StepOutcome>,
): LeanDifference {
  const { declaration } = units[unit] as KernelUnit;
  const message = refusedMessage(ours.kind === 'accepted' ? theirs : ours);
  const shape = shapeOf(declaration);
  const environment = environmentBefore(units, unit, leans);
  const opinionIn = (mode: Mode): Opinion => checkDeclaration(environment, declaration, { mode });
  const theory = opinionIn(strict);
  const objection = theory.kind === 'reject' ? theory.rule : message;
  const [first, second] = versionsOf(leans);
  const asModes = [ours, theirs].every(
    (outcome, index) => opinionIn(modeOf(leans[index as 0 | 1])).kind === kindOf(outcome),
  );
  const change = asModes
    ? modelledChange(first, second, shape, (release) => opinionIn(faithful(release)).kind)
    : theory.kind === 'reject'
      ? mendedBug(
          ...(ours.kind === 'accepted' ? ([first, second] as const) : ([second, first] as const)),
          theory.rule,
          shape,
        )
      : undefined;
  return {
    ...{ unit, shape, name: units[unit]?.declares[0] ?? '' },
    ...{ one: said(ours), other: said(theirs) },
    ...causeOf(change, () => disputedSignature(declaration, objection)),
    explained: [
      `in theory: ${saidOf(theory)}`,
      ...(asModes ? ['our own kernel answers so in the modes of the two releases'] : []),
      ...(change === undefined ? [] : [`known: ${change}`]),
    ],
  };
}

function causeOf(
  change: string | undefined,
  otherwise: () => Signature,
): Pick<LeanDifference, 'signature' | 'known'> {
  return change === undefined
    ? { signature: otherwise() }
    : { signature: changeSignature(change), known: change };
}

/** The environment behind those declarations that one of the two has accepted. */
function environmentBefore(
  units: readonly KernelUnit[],
  unit: number,
  leans: Both<LeanExecution>,
): Environment {
  const accepted = (index: number): boolean =>
    leans.some(({ execution }) => execution?.steps[index]?.outcome.kind === 'accepted');
  let environment = baseEnvironment;
  for (const [index, { declaration }] of units.slice(0, unit).entries())
    if (accepted(index)) environment = assume(environment, declaration);
  return environment;
}

function versionsOf(leans: Both<LeanExecution>): Both<string> {
  return [leans[0].lean.version, leans[1].lean.version];
}

function modeOf({ lean }: LeanExecution): Mode {
  return ownKernelFor(lean).mode;
}

function madeBetween(
  units: readonly KernelUnit[],
  one: LeanExecution,
  other: LeanExecution,
): LeanDifference[] {
  if (isSameMade(one.execution?.made, other.execution?.made)) return [];
  const [first, second] = [one, other].map(({ execution }) => execution?.made && readMade(execution.made));
  if (first === undefined || second === undefined) return [];
  const found: LeanDifference[] = [];
  for (const [unit, { declaration }] of units.entries()) {
    const isMade = [one, other].every(({ execution }) => execution?.steps[unit]?.outcome.kind === 'accepted');
    if (declaration.kind !== 'inductive' || !isMade) continue;
    const own = new Set(declaration.types.map(({ name }) => name));
    const isOfIt = ([, { block }]: readonly [Name, { readonly block: readonly Name[] }]): boolean =>
      block.some((name) => own.has(name));
    const ofIt = (made: ReadMade): ReadMade => new Map([...made].filter(isOfIt));
    const both = [ofIt(first), ofIt(second)] as const;
    const unlike = unlikeMade(...both);
    if (unlike === undefined) continue;
    const shape = shapeOf(declaration);
    const { constant: name, what, lean, ours } = unlike;
    const kind = first.get(name)?.kind ?? second.get(name)?.kind ?? 'inductive';
    const environment = environmentBefore(units, unit, [one, other]);
    const derived = (mode: Mode, made: ReadMade): string | undefined => {
      const opinion = checkDeclaration(environment, declaration, { mode });
      if (opinion.kind !== 'accept') return opinion.kind;
      return madeDifference(opinion.environment, declaration, made)?.what;
    };
    const asModes =
      derived(modeOf(one), both[0]) === undefined && derived(modeOf(other), both[1]) === undefined;
    const change = asModes
      ? modelledChange(...versionsOf([one, other]), shape, (release) =>
          String(derived(faithful(release), both[0])),
        )
      : undefined;
    found.push({
      ...{ unit, name, shape },
      ...{ one: `has ${lean}`, other: `has ${ours}` },
      ...causeOf(change, () => unlikeMadeSignature(declaration, kind, what)),
      explained: [
        `what it made is another one: ${kind} ${name}, ${what}`,
        ...(asModes ? ['our own kernel makes both in the modes of the two releases'] : []),
        ...(change === undefined ? [] : [`known: ${change}`]),
      ],
    });
  }
  return found;
}

type ReadMade = NonNullable<ReturnType<typeof readMade>>;

/** Nearly always: then nothing has to be read. */
function isSameMade(one: Made | undefined, other: Made | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  const isSameTerms =
    one.terms.length === other.terms.length && one.terms.every((word, i) => word === other.terms[i]);
  return isSameTerms && JSON.stringify(one.constants) === JSON.stringify(other.constants);
}

function kindOf(outcome: StepOutcome): Opinion['kind'] {
  return outcome.kind === 'accepted' ? 'accept' : 'reject';
}

function said(outcome: StepOutcome): string {
  return outcome.kind === 'accepted' ? 'accepts' : `refuses: ${outcome.message}`;
}

function saidOf(opinion: Opinion): string {
  switch (opinion.kind) {
    case 'accept':
      return 'accepted';
    case 'reject':
      return `refused (${opinion.reason})`;
    case 'unknown':
      return `unknown (${opinion.reason})`;
    default:
      return never(opinion);
  }
}

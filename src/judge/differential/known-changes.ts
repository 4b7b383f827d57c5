import { describeSignature, type Shape } from '../../api/signature.js';
import type { BrokenRule } from '../../ir/typing-rules.js';
import type { KnownSignature } from '../known.js';
import { describeBug, isFrom, knownBugs, type KnownBug } from '../known-bugs.js';
import { changeSignature } from '../signature.js';
import { atLeastRelease } from '../../util/release.js';

type Release = readonly [number, number, number];

/** A change of the kernel between releases by which a difference is explained. */
interface KnownChange {
  /** The first release that has it. */
  readonly from: Release;
  readonly about: string;
}

const ofInductives: ReadonlySet<Shape> = new Set([
  ...(['inductive', 'mutual inductive', 'nested inductive', 'mutual nested inductive'] as const),
]);

/** Changes that our own kernel makes between the modes of the two releases, by the release that they come with. */
const modelled: readonly (KnownChange & { readonly concerns: (shape: Shape) => boolean })[] = [
  {
    from: [4, 33, 0],
    about: 'a sort is Prop when its level comes to zero (#14613, #14615)',
    concerns: () => true,
  },
  {
    from: [4, 33, 1],
    about: 'recursors are checked again (#14808)',
    concerns: (shape) => ofInductives.has(shape),
  },
  {
    from: [4, 33, 1],
    about: 'numerals have a largest size (#14849)',
    concerns: (shape) => !ofInductives.has(shape),
  },
  { from: [4, 35, 0], about: 'compiled code is not run any more (#14953)', concerns: () => true },
];

/** Whether one release is before a change and the other is not; undefined where a version is no release. */
function liesBetween(one: string, other: string, from: Release): boolean | undefined {
  const [first, second] = [atLeastRelease(one), atLeastRelease(other)];
  if (first === undefined || second === undefined) return undefined;
  return first(...from) !== second(...from);
}

/**
 * The bug that explains why a release accepts what breaks a rule in declarations of a shape, and another one refuses it:
 * the first of the table that was mended between the two. Undefined where none is known, or a version is no release.
 */
export function mendedBug(
  accepting: string,
  refusing: string,
  rule: BrokenRule,
  shape: Shape,
): string | undefined {
  if (atLeastRelease(accepting) === undefined) return undefined;
  const bug = mendedBugs().find(
    ({ fixedIn, mechanism }) =>
      mechanism.breaks === rule &&
      (mechanism.shapes?.includes(shape) ?? true) &&
      !isFrom(accepting, fixedIn) &&
      isFrom(refusing, fixedIn),
  );
  return bug && describeBug(bug);
}

/** The bugs by which releases accept what they should refuse, and which were mended. */
function mendedBugs(): MendedBug[] {
  return knownBugs().flatMap((bug) => {
    const { fixedIn, mechanism } = bug;
    return fixedIn === undefined || mechanism.rule !== 'accepts' ? [] : [{ ...bug, fixedIn, mechanism }];
  });
}

interface MendedBug extends KnownBug {
  readonly fixedIn: string;
  readonly mechanism: Extract<KnownBug['mechanism'], { rule: 'accepts' }>;
}

/**
 * The change that explains a difference which our own kernel shows as well between the modes of the two releases.
 * `answer` is what it says in the mode of a release, in words that are compared.
 */
export function modelledChange(
  one: string,
  other: string,
  shape: Shape,
  answer: (release: string) => string,
): string | undefined {
  const change = modelled.find(
    ({ from, concerns }) =>
      concerns(shape) &&
      liesBetween(one, other, from) === true &&
      answer(justBefore(from)) !== answer(from.join('.')),
  );
  return change && saidOf(change);
}

/** A release with all that was changed before this one, and nothing of it. */
function justBefore([major, minor, patch]: Release): string {
  return patch > 0 ? `${major}.${minor}.${patch - 1}` : `${major}.${minor - 1}.99`;
}

function saidOf({ about, from }: KnownChange): string {
  return `${about}, from ${from.join('.')} on`;
}

/** Differences that come from such a bug or change are no news. */
export function knownDifferences(): KnownSignature[] {
  return [...mendedBugs().map(describeBug), ...modelled.map(saidOf)].map((about) => ({
    kind: 'lead',
    signature: describeSignature(changeSignature(about)),
    about,
  }));
}

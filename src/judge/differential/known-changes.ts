import { describeSignature } from '../../api/signature.js';
import type { KnownSignature } from '../known.js';
import { changeSignature } from '../signature.js';
import { atLeastRelease } from '../../util/release.js';

type Release = readonly [number, number, number];

/** A change of the kernel between releases by which a difference is explained. */
interface KnownChange {
  /** The first release that has it. */
  readonly from: Release;
  readonly about: string;
}

/** A change by which the kernel refuses what it wrongly accepted before. Our own kernel never accepts that. */
interface MendedBug extends KnownChange {
  /** The theory's answer to what the releases before accept. */
  readonly said: RegExp;
}

const mended: readonly MendedBug[] = [
  {
    from: [4, 32, 1],
    said: /free variable|metavariable/,
    about: 'free variables in values of opaque constants (#14498)',
  },
  { from: [4, 32, 2], said: /an argument of another type/, about: 'nested occurrences are checked (#14577)' },
  {
    from: [4, 33, 0],
    said: /other level parameters/,
    about: 'level parameters of mutual definitions (#14608)',
  },
  {
    from: [4, 33, 0],
    said: /data out of a proof/,
    about: 'data is not read out of what comes to a proof (#14613)',
  },
  { from: [4, 33, 0], said: /_nested/, about: 'names that begin with _nested are refused (#14616)' },
  { from: [4, 33, 0], said: /\btwice$/, about: 'names of a mutual block are distinct (#14631)' },
  {
    from: [4, 33, 1],
    said: /other parameters or levels|a loose bound variable/,
    about: 'occurrences of the declared types are uniform (#14582)',
  },
  { from: [4, 33, 1], said: /a type was expected/, about: 'a stuck sort is an error, not a no (#14807)' },
];

/** Changes that our own kernel makes between the modes of the two releases, by the release that they come with. */
const modelled: readonly (KnownChange & { readonly concerns: (shape: string) => boolean })[] = [
  {
    from: [4, 33, 0],
    about: 'a sort is Prop when its level comes to zero (#14613, #14615)',
    concerns: () => true,
  },
  {
    from: [4, 33, 1],
    about: 'recursors are checked again (#14808)',
    concerns: (shape) => shape.endsWith('inductive'),
  },
  {
    from: [4, 33, 1],
    about: 'numerals have a largest size (#14849)',
    concerns: (shape) => !shape.endsWith('inductive'),
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
 * The mended bug that explains why a release accepts what another one refuses, of which our own kernel says `said` in
 * theory; undefined where none is known.
 */
export function mendedBug(accepting: string, refusing: string, said: string): string | undefined {
  const bug = mended.find(
    ({ from, said: pattern }) =>
      pattern.test(said) &&
      liesBetween(accepting, refusing, from) === true &&
      atLeastRelease(accepting)?.(...from) === false,
  );
  return bug && saidOf(bug);
}

/**
 * The change that explains a difference which our own kernel shows as well between the modes of the two releases.
 * `answer` is what it says in the mode of a release, in words that are compared.
 */
export function modelledChange(
  one: string,
  other: string,
  shape: string,
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

/** Differences that come from such a change are no news. */
export const knownDifferences: readonly KnownSignature[] = [...mended, ...modelled].map((change) => ({
  kind: 'lead',
  signature: describeSignature(changeSignature(saidOf(change))),
  about: saidOf(change),
}));

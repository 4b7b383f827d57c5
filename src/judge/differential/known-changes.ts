import { atLeastRelease } from '../../util/release.js';

/** A change of the kernel between releases by which a difference is explained. */
interface KnownChange {
  /** The first release that has it. */
  readonly from: readonly [number, number, number];
  /** What our own kernel says in theory of what the releases before accept, or what they say of what they refuse. */
  readonly said: RegExp;
  readonly about: string;
}

const changes: readonly KnownChange[] = [
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
    about: 'a sort is Prop when its level comes to zero (#14613)',
  },
  {
    from: [4, 33, 0],
    said: /thmTypeIsNotProp/,
    about: 'a sort is Prop when its level comes to zero (#14613, #14615)',
  },
  { from: [4, 33, 0], said: /_nested/, about: 'names that begin with _nested are refused (#14616)' },
  { from: [4, 33, 0], said: /\btwice$/, about: 'names of a mutual block are distinct (#14631)' },
  {
    from: [4, 33, 1],
    said: /other parameters or levels/,
    about: 'occurrences of the declared types are uniform (#14582)',
  },
  { from: [4, 33, 1], said: /a type was expected/, about: 'a stuck sort is an error, not a no (#14807)' },
  { from: [4, 33, 1], said: /Nat|numeral|literal/, about: 'numerals have a largest size (#14849)' },
];

/**
 * The change that lies between two releases and explains what was said; undefined where none is known, or where a version
 * is no release.
 */
export function knownChange(one: string, other: string, said: string): string | undefined {
  const [first, second] = [atLeastRelease(one), atLeastRelease(other)];
  if (first === undefined || second === undefined) return undefined;
  const known = changes.find(
    ({ from, said: pattern }) => pattern.test(said) && first(...from) !== second(...from),
  );
  return known && `${known.about}, from ${known.from.join('.')} on`;
}

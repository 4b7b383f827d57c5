import type { Unit } from '../../../api/candidate.js';
import { corners } from '../../source/literals.js';
import { contentOf, unitOf } from '../../source/unit-of.js';
import type { Tree } from '../../../ir/source/tree.js';
import { leanTextOf } from '../../../ir/unit/unit.js';
import { independent } from '../dependencies.js';
import type { SourceMutator } from '../mutator.js';
import { pickUnit, withTree } from './positions.js';

const attributes = [
  'simp',
  'reducible',
  'irreducible',
  'inline',
  'semireducible',
  'specialize',
  'noinline',
  'instance',
];

/** An attribute in front of a declaration, or taken away. */
export const attribute: SourceMutator = {
  name: 'attribute',
  weight: 1,
  mutate: (parent, { random }) => {
    const index = pickUnit(random, parent, (unit) =>
      /^(@\[|(noncomputable )?(def|theorem|abbrev|opaque|instance) )/.test(leanTextOf(unit) ?? ''),
    );
    if (index === undefined) return undefined;
    const chosen = random.pick(attributes);
    return withTree(parent, index, (tree) => {
      const before = textOfFirst(tree);
      return withFirst(
        tree,
        /^@\[/.test(before) ? before.replace(/^@\[[^\]]*\] /, '') : `@[${chosen}] ${before}`,
      );
    });
  },
};

/** The text that a tree begins with. */
function textOfFirst(tree: Tree): string {
  const [first] = tree.parts;
  return typeof first === 'string' ? first : '';
}

function withFirst(tree: Tree, text: string): Tree {
  return { ...tree, parts: [text, ...tree.parts.slice(typeof tree.parts[0] === 'string' ? 1 : 0)] };
}

/** Two instances the other way round: which of them is found first may matter, the meaning may not. */
export const instanceSwap: SourceMutator = {
  name: 'instance-swap',
  weight: 1,
  mutate: (parent, { random }) => {
    const at = parent.flatMap((unit, index) => (/instance/.test(unit.kind) ? [index] : []));
    if (at.length < 2) return undefined;
    const second = random.between(1, at.length - 1);
    const [a, b] = [at[random.below(second)] ?? 0, at[second] ?? 0];
    const between = parent.slice(a, b + 1);
    const [first, last] = [between[0], between.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const moves = between.slice(1).every((unit) => independent(first, unit));
    const free = between.slice(0, -1).every((unit) => independent(unit, last));
    if (!moves || !free) return undefined;
    return [...parent.slice(0, a), last, ...between.slice(1, -1), first, ...parent.slice(b + 1)];
  },
};

type Break = (text: string, pick: <T>(items: readonly T[]) => T) => string;

/** Changes to the text that leave it in the language and make it wrong, mostly. */
const breaks: readonly (readonly [name: string, Break])[] = [
  ['number', (text, pick) => text.replace(/\b\d{1,20}\b(?!_)/, () => pick(corners))],
  ['truth', (text) => text.replace(/\b(true|false)\b/, (word) => (word === 'true' ? 'false' : 'true'))],
  ['relation', (text) => text.replace(/ (=|≠|≤|<|∧|∨) /, (sign) => otherRelation[sign] ?? sign)],
  [
    'proof',
    (text, pick) => text.replace(/:= (by )?(rfl|simp|decide|omega|grind)$/, () => `:= ${pick(proofs)}`),
  ],
  ['arm', (text) => text.replace(/\n {2}\| [^\n]*(?=\n {2}\|)/, '')],
  ['universe', (text) => text.replace(/Type u\b/, 'Type')],
  ['projection', (text) => text.replace(/\.1\b/, '.2')],
  ['termination', (text) => text.replace(/n \/ 2|n - 1|n - 3|n \/ 3/, 'n + 1')],
  ['lift', (text) => text.replace('fun _ _ h => h', 'fun _ _ _ => rfl')],
  ['quantifier', (text) => text.replace('∀', '∃')],
];
const otherRelation: Record<string, string> = {
  ' = ': ' ≠ ',
  ' ≠ ': ' = ',
  ' ≤ ': ' < ',
  ' < ': ' ≤ ',
  ' ∧ ': ' ∨ ',
  ' ∨ ': ' ∧ ',
};
const proofs = [
  'rfl',
  'by decide',
  'by simp_all',
  'by omega',
  'by grind',
  'by exact rfl',
  'by constructor',
  'nofun',
];

/** One thing in a unit made wrong. Most are refused; the accepted ones say something new. */
export const breaker: SourceMutator = {
  name: 'breaker',
  weight: 1.5,
  mutate: (parent, { random }) => {
    const index = pickUnit(random, parent, ({ kind }) => kind !== 'options');
    const unit = index === undefined ? undefined : parent[index];
    if (index === undefined || unit === undefined) return undefined;
    const start = random.below(breaks.length);
    for (let i = 0; i < breaks.length; i++) {
      const [, change] = breaks[(start + i) % breaks.length] ?? ['', (text: string) => text];
      const before = leanTextOf(unit) ?? '';
      const text = change(before, (items) => random.pick(items));
      if (text !== before) return parent.with(index, withText(unit, text));
    }
    return undefined;
  },
};

/** The unit with another text: its structure is lost, what it declares and builds on stays. */
function withText(unit: Unit, text: string): Unit {
  const { entries } = contentOf(unit);
  return unitOf(unit.kind, { tree: { parts: [text], uses: unit.uses }, declares: entries });
}

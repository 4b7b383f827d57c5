import { describe, expect, it } from 'vitest';
import type { Made, MadeConstant } from '../../../../src/api/execution.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { encode } from '../../../../src/ir/encode.js';
import { binder, type Expr } from '../../../../src/ir/expr.js';
import { arrows, inductiveType } from '../../../../src/ir/hoas.js';
import { madeDifference, readMade } from '../../../../src/judge/differential/made.js';
import { Nat, Type } from '../../../../src/ir/core-constants.js';
import { baseEnvironment } from '../../../../src/kernel/base-environment.js';
import { checkDeclaration } from '../../../../src/kernel/check.js';

const tree = inductiveType(
  'T',
  [],
  [],
  () => Type,
  (self) => ({ leaf: self, node: arrows(Nat, self, self) }),
);
const opinion = checkDeclaration(baseEnvironment, tree);
if (opinion.kind !== 'accept') throw new Error('the type is fine');
const { environment } = opinion;

/** The constants and terms that an honest kernel makes of the type `T`, changed by a liar. */
function made(
  lie: (constant: MadeConstant) => MadeConstant = (constant) => constant,
  lieOf: (name: string, term: Expr) => Expr = (_, term) => term,
): Made {
  const constants: MadeConstant[] = [];
  const terms: Declaration[] = [];
  const add = (name: string, numbers: number[], parts: Partial<MadeConstant>): void => {
    const constant = environment.find(name);
    if (constant === undefined) throw new Error(name);
    const kind = constant.details.kind as MadeConstant['kind'];
    constants.push(lie({ ...{ name, kind, numbers, block: ['T'], constructors: [], rules: [] }, ...parts }));
    const { levelParams } = constant;
    terms.push({ kind: 'axiom', name, levelParams, type: lieOf(name, constant.type), unsafe: false });
    if (constant.details.kind !== 'recursor') return;
    for (const rule of constant.details.rules)
      terms.push({
        ...{ kind: 'axiom', name: rule.constructor, levelParams: [], unsafe: false },
        type: lieOf(rule.constructor, rule.value),
      });
  };
  add('T', [0, 0, 0, 1, 0, 0], { constructors: ['T.leaf', 'T.node'] });
  add('T.leaf', [0, 0, 0, 0], {});
  add('T.node', [1, 0, 2, 0], {});
  const rules = [
    { constructor: 'T.leaf', fields: 0 },
    { constructor: 'T.node', fields: 2 },
  ];
  add('T.rec', [0, 0, 1, 2, 0, 0], { rules });
  return { constants, terms: encode(terms) };
}

function difference(from: Made): string | undefined {
  const read = readMade(from);
  const found = read && madeDifference(environment, tree, read);
  return found && `${found.constant}: ${found.what}`;
}

const lieOf =
  (name: string, change: (constant: MadeConstant) => Partial<MadeConstant>) =>
  (constant: MadeConstant): MadeConstant =>
    constant.name === name ? { ...constant, ...change(constant) } : constant;

describe('what a kernel makes of an inductive declaration', () => {
  it('is compared with ours without a difference where it is honest', () => {
    expect(difference(made())).toBeUndefined();
  });

  it.each([
    ['T', 3, 'recursive'],
    ['T.node', 2, 'fields'],
    ['T.rec', 4, 'like K'],
    ['T.rec', 3, 'minor premises'],
  ] as const)('%s is compared by number %i', (name, at, what) => {
    const wrong = made(lieOf(name, ({ numbers }) => ({ numbers: numbers.with(at, 7) })));
    expect(difference(wrong)).toBe(`${name}: ${what}`);
  });

  it('is compared by names, rules and terms', () => {
    expect(difference(made(lieOf('T', () => ({ constructors: ['T.node', 'T.leaf'] }))))).toBe(
      'T: constructors',
    );
    const node = [
      { constructor: 'T.node', fields: 2 },
      { constructor: 'T.leaf', fields: 0 },
    ];
    expect(difference(made(lieOf('T.rec', () => ({ rules: node }))))).toBe('T.rec: rules');
    const other = made(undefined, (name, term) => (name === 'T.rec' ? Nat : term));
    expect(difference(other)).toBe('T.rec: type');
  });

  it('is compared by the names and infos of binders', () => {
    const renamed = made(undefined, (name, term) =>
      name === 'T.rec' && term.kind === 'pi' ? binder('pi', 'motif', term.type, term.body, term.info) : term,
    );
    expect(difference(renamed)).toBe('T.rec: binders of the type');
  });

  it('is nothing that can be read where words are missing', () => {
    expect(readMade({ ...made(), terms: encode([]) })).toBeUndefined();
    expect(readMade({ ...made(), terms: new Uint32Array([9]) })).toBeUndefined();
  });
});

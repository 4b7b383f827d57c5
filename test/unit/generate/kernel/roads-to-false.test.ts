import { describe, expect, it } from 'vitest';
import { cheapPremises } from '../../../../src/generate/kernel/cheap-premises.js';
import { baseContext, extendContext, type Context } from '../../../../src/generate/kernel/context.js';
import { attemptsAtFalse } from '../../../../src/generate/kernel/falsify.js';
import { plainBlocks } from '../../../../src/generate/kernel/plain-blocks.js';
import { plainUniverses, smallUniverses } from '../../../../src/generate/kernel/small-universe.js';
import { KernelTermGenerator } from '../../../../src/generate/kernel/term-generator.js';
import { identifiedTypes } from '../../../../src/generate/kernel/identified-types.js';
import { undeclaredLevel } from '../../../../src/generate/kernel/undeclared-level.js';
import { wrongRules } from '../../../../src/generate/kernel/wrong-rules.js';
import { differingComputations } from '../../../../src/generate/kernel/two-computations.js';
import { Bool, False, Nat, Prop, Type } from '../../../../src/ir/core-constants.js';
import type { Declaration, Inductive } from '../../../../src/ir/declaration.js';
import { app, bvar, constant, lambda, nat, sort, type Expr } from '../../../../src/ir/expr.js';
import { instantiateAll, unapply } from '../../../../src/ir/expr-ops.js';
import { arrows, define, fun, inductiveType } from '../../../../src/ir/hoas.js';
import { imax, one, succ, zero } from '../../../../src/ir/level.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { baseEnvironment } from '../../../../src/kernel/base-environment.js';
import { equal, reflexivity } from '../../../../src/kernel/base/terms.js';
import type { Constant, RecursorRule } from '../../../../src/kernel/environment.js';
import { checkDeclaration } from '../../../../src/kernel/check.js';
import { Random } from '../../../../src/util/random.js';

const base = baseContext(baseEnvironment);

/** Whether our own kernel takes a term for a proof of False behind what a context takes to be fine. */
function isProofOfFalse({ environment }: Context, value: Expr): boolean {
  const claim = { kind: 'theorem', name: 'claim', levelParams: [], type: False, value } as const;
  return checkDeclaration(environment, claim).kind === 'accept';
}

describe('a universe that is too small for what it holds', () => {
  // Types that our own kernel refuses are taken to be fine here: then False has to follow.
  it.each<[string, Inductive]>([
    [
      'alone',
      inductiveType(
        'Small',
        [],
        [],
        () => Type,
        (self) => ({ of: arrows(Type, self) }),
      ),
    ],
    [
      'with a parameter and other fields',
      inductiveType(
        'Small',
        [],
        [['α', () => Type]],
        () => Type,
        (self) => ({
          of: arrows(Nat, Type, Bool, self),
        }),
      ),
    ],
  ])('gives False: %s', (_, declaration) => {
    expect(checkDeclaration(baseEnvironment, declaration).kind).toBe('reject');
    const context = extendContext(base, declaration);
    const proofs = smallUniverses(Random.of(1, 1), context);
    expect(proofs.length).toBeGreaterThan(0);
    expect(proofs.some((proof) => isProofOfFalse(context, proof))).toBe(true);
  });

  it('gives nothing where it is large enough', () => {
    const large = inductiveType(
      'Large',
      [],
      [],
      () => sort(succ(one)),
      (self) => ({ of: arrows(Type, self) }),
    );
    const context = extendContext(base, large);
    const proofs = smallUniverses(Random.of(1, 1), context);
    expect(proofs.some((proof) => isProofOfFalse(context, proof))).toBe(false);
  });

  it('is said plainly in ways that are all refused', () => {
    for (const { declaration, proof } of plainUniverses()) {
      expect(checkDeclaration(baseEnvironment, declaration).kind).toBe('reject');
      expect(isProofOfFalse(base, proof)).toBe(false);
    }
  });
});

describe('a recursor that asks for too little', () => {
  const Chain = constant('Chain');
  const chain = inductiveType(
    'Chain',
    [],
    [],
    () => Type,
    (self) => ({ end: arrows(Nat, self), link: arrows(self, self) }),
  );
  const context = extendContext(base, chain);
  const recursor = (end: Expr): Constant => ({
    ...{ name: 'Chain.rec', levelParams: [], details: { kind: 'axiom' } },
    // Into False alone: that is all that is asked for.
    type: arrows(arrows(Chain, Prop), end, arrows(Chain, False, False), Chain, False),
  });
  const withRecursor = (constants: readonly Constant[]): Context => ({
    ...context,
    environment: baseEnvironment
      .extend(['Chain', 'Chain.end', 'Chain.link'].flatMap((name) => context.environment.find(name) ?? []))
      .extend(constants),
  });
  const proofs = cheapPremises(KernelTermGenerator.behind(Random.of(3), context), chain);

  it.each<[string, Constant]>([
    [
      'no premise of a constructor',
      { ...recursor(Nat), type: arrows(arrows(Chain, Prop), arrows(Chain, False, False), Chain, False) },
    ],
    ['a premise that supposes what it shows', recursor(arrows(Nat, False, False))],
  ])('gives False: %s', (_, wrong) => {
    // The same without the level of the sort, which this recursor does not have.
    const plain = proofs.map((proof) => replaceRecursor(proof));
    expect(plain.some((proof) => isProofOfFalse(withRecursor([wrong]), proof))).toBe(true);
  });

  it('gives nothing where it is in order', () => {
    expect(proofs.length).toBeGreaterThan(1);
    expect(proofs.some((proof) => isProofOfFalse(context, proof))).toBe(false);
  });
});

describe('two types that are taken for one', () => {
  const List = (of: Expr): Expr => app(constant('List', [zero]), of);
  const none = app(constant('Option.none', [zero]), Nat);
  const length = fun('l', List(Nat), () => nat(3));

  it.each<[string, Declaration]>([
    ['a value of another type', define('suspect', [], List(Nat), none)],
    [
      'an argument of another type',
      define(
        'suspect',
        [],
        arrows(Bool, Nat),
        fun('b', Bool, () => app(length, none)),
      ),
    ],
    [
      'a function of another type',
      define(
        'suspect',
        [],
        arrows(Nat, List(Bool)),
        fun('n', Nat, () => none),
      ),
    ],
  ])('give False where that is let through: %s', (_, suspect) => {
    const [{ declarations, proof } = { declarations: [], proof: nat(0) }] = identifiedTypes(
      baseEnvironment,
      suspect,
    );
    const kinds = declarations.map((declaration) => checkDeclaration(base.environment, declaration).kind);
    expect(kinds).toEqual(['accept', 'reject']);
    expect(isProofOfFalse(declarations.reduce(extendContext, base), proof)).toBe(true);
  });

  it('are not looked for where there are none', () => {
    expect(
      identifiedTypes(baseEnvironment, define('fine', [], List(Nat), app(constant('List.nil', [zero]), Nat))),
    ).toEqual([]);
  });
});

describe('a level that is not declared', () => {
  it('gives False where it is let through, and is refused', () => {
    const { declarations, proof } = undeclaredLevel();
    const [wrong, ...theorems] = declarations;
    if (wrong === undefined) throw new Error('no declaration');
    expect(checkDeclaration(baseEnvironment, wrong).kind).toBe('reject');
    let context = extendContext(base, wrong);
    for (const theorem of theorems) {
      expect(checkDeclaration(context.environment, theorem).kind).toBe('accept');
      context = extendContext(context, theorem);
    }
    expect(isProofOfFalse(context, proof)).toBe(true);
  });
});

describe('a recursor with wrong rules', () => {
  const tree = inductiveType(
    'Tree',
    [],
    [],
    () => Type,
    (self) => ({
      leaf: arrows(Nat, Nat, self),
      other: arrows(Nat, Nat, self),
      node: arrows(self, self, self),
    }),
  );
  const context = extendContext(base, tree);
  const right = context.environment.find('Tree.rec');
  const proofs = wrongRules(Random.of(3), context, ['Tree']);

  /** The context with rules that come to something else; arguments are motive, three premises, and the fields. */
  const withRules = (
    change: (rule: RecursorRule, rules: readonly RecursorRule[]) => RecursorRule,
  ): Context => {
    if (right?.details.kind !== 'recursor') throw new Error('no recursor');
    const { rules } = right.details;
    const wrong = {
      ...right,
      details: { ...right.details, rules: rules.map((rule) => change(rule, rules)) },
    };
    return { ...context, environment: context.environment.extend([wrong]) };
  };
  /** A rule's body with the last two arguments, which are results of recursion, exchanged. */
  const resultsExchanged = (value: Expr): Expr => {
    if (value.kind === 'lambda') return lambda(value.name, value.type, resultsExchanged(value.body));
    const { head, args } = unapply(value);
    return app(head, ...args.slice(0, -2), ...args.slice(-2).reverse());
  };
  /** A rule's body with two bound variables exchanged. */
  const exchanged = (value: Expr, one: number, other: number): Expr =>
    value.kind === 'lambda'
      ? lambda(value.name, value.type, exchanged(value.body, one, other))
      : instantiateAll(
          value,
          Array.from({ length: value.looseRange }, (_, i) =>
            bvar(i === one ? other : i === other ? one : i),
          ).reverse(),
        );

  it.each<[string, Context]>([
    [
      'two cases exchanged',
      withRules((rule, [leaf, other]) =>
        rule === leaf && other !== undefined
          ? { ...rule, value: other.value }
          : rule === other && leaf !== undefined
            ? { ...rule, value: leaf.value }
            : rule,
      ),
    ],
    [
      'two fields exchanged',
      withRules((rule, [leaf]) => (rule === leaf ? { ...rule, value: exchanged(rule.value, 0, 1) } : rule)),
    ],
    [
      'results of recursion exchanged',
      withRules((rule, rules) =>
        rule === rules[2] ? { ...rule, value: resultsExchanged(rule.value) } : rule,
      ),
    ],
  ])('gives False: %s', (_, wrong) => {
    expect(proofs.some((proof) => isProofOfFalse(wrong, proof))).toBe(true);
  });

  it('gives nothing where they are right', () => {
    expect(proofs.length).toBeGreaterThan(10);
    expect(proofs.some((proof) => isProofOfFalse(context, proof))).toBe(false);
  });
});

function replaceRecursor(proof: Expr): Expr {
  const { head, args } = unapply(proof);
  return head.kind === 'const' ? app(constant(head.name), ...args) : proof;
}

describe('arithmetic that is known by heart', () => {
  const known = (name: string): Expr => app(constant(name), nat(1), nat(2));
  const suspect = (name: string, type: Expr): Declaration => ({
    ...{ kind: 'theorem', name: 'suspect', levelParams: [] },
    type: equal(one, type, known(name), known(name)),
    value: reflexivity(one, type, known(name)),
  });

  it.each<[string, Expr, Expr]>([
    ['Nat.beq', Bool, constant('Bool.true')],
    ['Nat.ble', Bool, constant('Bool.false')],
    ['Nat.add', Nat, nat(7)],
    ['Nat.mul', Nat, nat(1)],
  ])('gives False where %s and its definition differ', (name, type, wrong) => {
    // By name our kernel computes what is right; the definition that goes by it now says otherwise.
    const other = define(
      name,
      [],
      arrows(Nat, Nat, type),
      fun('n', Nat, () => fun('m', Nat, () => wrong)),
    );
    const context = extendContext(base, other);
    const proofs = differingComputations(context, suspect(name, type));
    expect(proofs.some((proof) => isProofOfFalse(context, proof))).toBe(true);
  });

  it('gives nothing where they agree, and for nothing that is not mentioned', () => {
    for (const name of ['Nat.beq', 'Nat.add', 'Nat.sub', 'Nat.land']) {
      const type = name === 'Nat.beq' ? Bool : Nat;
      const proofs = differingComputations(base, suspect(name, type));
      expect(proofs.length).toBeGreaterThan(0);
      expect(proofs.some((proof) => isProofOfFalse(base, proof))).toBe(false);
    }
    expect(differingComputations(base, suspect('Nat.pred', Nat))).toEqual([]);
  });
});

describe('a block of types made plain', () => {
  const odd = sort(imax(one, zero));
  const block: Inductive = {
    ...inductiveType(
      'A',
      [],
      [['α', () => Type]],
      () => Prop,
      (self) => ({ mk: arrows(Nat, self) }),
    ),
    types: [
      { name: 'A', type: arrows(Type, Prop), constructors: [] },
      { name: 'B', type: arrows(Type, Nat, odd), constructors: [] },
    ],
  };

  it('keeps the sorts as they are written, in both orders', () => {
    const sorts = plainBlocks(block).map(({ types }) => types.map(({ type }) => type));
    expect(sorts).toEqual([
      [Prop, odd],
      [Prop, odd],
      [odd, Prop],
      [odd, Prop],
    ]);
  });

  it('is among the attempts behind a reading of one of its types', () => {
    const reading: Declaration = {
      ...{ kind: 'definition', name: 'read', levelParams: [], hint: 1, safety: 'safe' },
      type: arrows(app(constant('A'), Nat), Bool),
      value: fun('x', app(constant('A'), Nat), () => constant('Bool.true')),
    };
    const units = [block, reading].map((declaration) => KernelUnit.of(declaration));
    const attempts = attemptsAtFalse(Random.of(1, 1), baseEnvironment, units);
    expect(attempts.filter(({ name }) => name === 'plain').length).toBeGreaterThan(3);
  });
});

import { describe, expect, it } from 'vitest';
import { decidedBy, resultIn } from '../../../../src/generate/kernel/arithmetic.js';
import { baseContext, typingIn } from '../../../../src/generate/kernel/context.js';
import { orUndefined } from '../../../../src/generate/kernel/failure.js';
import { nameAPart } from '../../../../src/generate/kernel/name-a-part.js';
import { noteParts } from '../../../../src/generate/kernel/note-parts.js';
import { chain, equation, linkProofs, mirror } from '../../../../src/generate/kernel/statement.js';
import { KernelTermGenerator } from '../../../../src/generate/kernel/term-generator.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { app, bvar, constant, lambda, mdata, nat, pi, sort, type Expr } from '../../../../src/ir/expr.js';
import { one } from '../../../../src/ir/level.js';
import { baseEnvironment } from '../../../../src/kernel/base-environment.js';
import { assume } from '../../../../src/kernel/assume.js';
import { checkDeclaration } from '../../../../src/kernel/check.js';
import { whnf } from '../../../../src/kernel/reduce.js';
import { Random } from '../../../../src/util/random.js';
import { Nat } from '../../../../src/ir/core-constants.js';

const context = baseContext(baseEnvironment);

function accepts(declaration: Declaration): boolean {
  return checkDeclaration(baseEnvironment, declaration).kind === 'accept';
}

describe('a part with a name of its own', () => {
  const successor: Declaration = {
    kind: 'definition',
    ...{ name: 'f', levelParams: [], hint: 1, safety: 'safe' },
    type: pi('n', Nat, Nat),
    value: lambda('n', Nat, app(constant('Nat.succ'), bvar(0))),
  };
  const named = Array.from({ length: 100 }, (_, seed) =>
    orUndefined(() => nameAPart(Random.of(seed), typingIn(context), successor)),
  ).flatMap((declaration) => declaration ?? []);

  it('stands for the same, so that nothing is refused', () => {
    expect(named.length).toBeGreaterThan(80);
    expect(named.every(accepts)).toBe(true);
  });

  it('may be one whose value the rest needs to have a type', () => {
    const needed = named.filter((declaration) => {
      const [outer] = 'value' in declaration ? letsIn(declaration.value) : [];
      if (outer === undefined || !('value' in declaration)) return false;
      const { type, body } = outer;
      // The same as a function of x, of which nothing but its type is known.
      const value = app(lambda('x', type, body), outer.value);
      return !accepts({ ...declaration, value });
    });
    expect(needed.length).toBeGreaterThan(5);
  });
});

describe('notes around parts', () => {
  it('change no meaning, whatever they stand around', () => {
    const equations = Array.from({ length: 100 }, (_, seed) => {
      const random = Random.of(seed);
      const proved = orUndefined(() => equation(KernelTermGenerator.behind(random, context), 6));
      if (proved === undefined) return [];
      const { statement: type, proof: value } = proved;
      const theorem: Declaration = { kind: 'theorem', name: 't', levelParams: [], type, value };
      return accepts(theorem) ? [noteParts(random, theorem)] : [];
    }).flat();
    const hasNotes = (declaration: Declaration): boolean =>
      JSON.stringify(declaration, (_, part: unknown) =>
        typeof part === 'bigint' ? String(part) : part,
      ).includes('mdata');
    expect(equations.filter(hasNotes).length).toBeGreaterThan(50);
    expect(equations.every(accepts)).toBe(true);
  });

  it('hide no index of a type from who takes it for fine', () => {
    const type = mdata(pi('n', Nat, mdata(sort(one))));
    const family: Declaration = {
      ...{ kind: 'inductive', levelParams: [], parameters: 0, unsafe: false },
      types: [{ name: 'F', type, constructors: [{ name: 'F.c', type: app(constant('F'), nat(0)) }] }],
    };
    const checked = checkDeclaration(baseEnvironment, family);
    const found = [
      checked.kind === 'accept' ? checked.environment : undefined,
      assume(baseEnvironment, family),
    ];
    for (const environment of found) expect(environment?.find('F')?.details).toMatchObject({ indices: 1 });
  });
});

function letsIn(expr: Expr): { type: Expr; value: Expr; body: Expr }[] {
  return expr.kind === 'let' ? [expr] : [];
}

describe('arithmetic', () => {
  it.each([0n, 1n, 2n, 7n, 64n, 2n ** 64n])('says %s as the result of operations', (result) => {
    const said = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const expr = resultIn(Random.of(seed), result);
      said.add(expr.hash);
      expect(whnf(typingIn(context), expr)).toEqual(nat(result));
    }
    expect(said.size).toBeGreaterThan(10);
  });
});

describe('comparisons of numbers', () => {
  it.each([true, false])('come to %s', (isTrue) => {
    for (let seed = 0; seed < 50; seed++)
      expect(whnf(typingIn(context), decidedBy(Random.of(seed), isTrue))).toEqual(
        constant(isTrue ? 'Bool.true' : 'Bool.false'),
      );
  });
});

describe('equations', () => {
  const made = Array.from({ length: 300 }, (_, seed) => {
    const g = KernelTermGenerator.behind(Random.of(seed), context);
    const proved = orUndefined(() => equation(g, 6));
    if (proved === undefined) return [];
    const { statement: type, proof: value } = proved;
    return [{ g, theorem: { kind: 'theorem', name: 't', levelParams: [], type, value } as const }];
  }).flat();
  const aboutVariables = made.filter(({ theorem }) => theorem.type.kind === 'pi');

  it('hold, also those about variables', () => {
    expect(aboutVariables.length).toBeGreaterThan(80);
    const accepted = made.filter(({ theorem }) => accepts(theorem)).length;
    expect(accepted / made.length).toBeGreaterThan(0.97);
  });

  it('hold the other way round, and by way of a third side, under their variables', () => {
    const links = aboutVariables.flatMap(({ g, theorem }) => {
      const mirrored = mirror(theorem, 'm');
      const chained = orUndefined(() => chain(g, theorem, ['s', 'c'])) ?? [];
      return [...(mirrored === undefined ? [] : [mirrored]), ...chained];
    });
    expect(links.length).toBeGreaterThan(150);
    expect(links.filter(accepts).length / links.length).toBeGreaterThan(0.95);
  });

  it('of a function at two proofs are linked so that one may follow from the others alone', () => {
    const opinions = Array.from({ length: 200 }, (_, seed) => {
      const g = KernelTermGenerator.behind(Random.of(seed), context);
      const [made, theorem] = orUndefined(() => linkProofs(g, ['f', 'l'], 6)) ?? [];
      if (made === undefined || theorem === undefined) return [];
      const opinion = checkDeclaration(assume(baseEnvironment, made), theorem);
      expect(accepts(made)).toBe(true);
      return opinion.kind === 'unknown' ? [] : [opinion.kind === 'reject' ? opinion.rule : opinion.kind];
    }).flat();
    expect(new Set(opinions)).toEqual(new Set(['accept', 'an equality by transitivity alone']));
  });
});

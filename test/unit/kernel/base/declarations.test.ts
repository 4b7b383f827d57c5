import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { declaredNames } from '../../../../src/ir/declaration.js';
import { app, constant, nat, proj, string, type Expr } from '../../../../src/ir/expr.js';
import { mentionedNames } from '../../../../src/ir/mentioned.js';
import { one } from '../../../../src/ir/level.js';
import { assume } from '../../../../src/kernel/assume.js';
import { baseDeclarations } from '../../../../src/kernel/base/declarations.js';
import { Nat } from '../../../../src/ir/core-constants.js';
import { equal, reflexivity } from '../../../../src/kernel/base/terms.js';
import { baseEnvironment, commonEnvironment } from '../../../../src/kernel/base-environment.js';
import { checkDeclaration } from '../../../../src/kernel/check.js';
import { Environment } from '../../../../src/kernel/environment.js';
import { equalTerms } from '../../../../src/kernel/equality.js';
import { DontKnow } from '../../../../src/kernel/failure.js';
import { Typing } from '../../../../src/kernel/typing.js';

const typing = (environment = baseEnvironment): Typing => new Typing(environment, null, 1e6);

describe('the base declarations', () => {
  it('mention only what stands before them', () => {
    const declared = new Set<string>();
    for (const declaration of baseDeclarations) {
      for (const name of declaredNames(declaration)) declared.add(name);
      if (declaration.kind === 'inductive')
        declaration.types.forEach(({ name }) => declared.add(`${name}.rec`));
      expect([...mentionedNames(declaration)].filter((name) => !declared.has(name))).toEqual([]);
    }
  });

  it('are what our own kernel accepts, one behind the other', () => {
    let environment = Environment.root([]);
    for (const declaration of baseDeclarations) {
      const name = declaredNames(declaration)[0];
      if (declaration.kind === 'quotient') {
        environment = environment.extend(
          ['Quot', 'Quot.mk', 'Quot.lift', 'Quot.ind'].flatMap((part) => baseEnvironment.find(part) ?? []),
        );
        continue;
      }
      const opinion = checkDeclaration(environment, declaration);
      expect([name, opinion.kind]).toEqual([name, 'accept']);
      environment = opinion.kind === 'accept' ? opinion.environment : assume(environment, declaration);
    }
  });

  it('leave nothing without a meaning', () => {
    expect(baseEnvironment.all.filter(({ details }) => details.kind === 'unmodelled')).toEqual([]);
    const axioms = baseEnvironment.all.filter(({ details }) => details.kind === 'axiom');
    expect(axioms.map(({ name }) => name)).toEqual(['propext', 'Classical.choice', 'Quot.sound']);
  });

  it('grow in height with what they are said with', () => {
    const height = (name: string): number => {
      const found = baseDeclarations.find((one) => declaredNames(one)[0] === name);
      return found?.kind === 'definition' && typeof found.hint === 'number' ? found.hint : 0;
    };
    expect(height('Nat.add')).toBe(1);
    expect(height('Nat.mul')).toBe(2);
    expect(height('Nat.land')).toBe(height('Nat.bitwise') + 1);
  });
});

/** The operations that the kernel computes on literals, said here once more. */
const operations: Record<string, (a: bigint, b: bigint) => bigint | boolean> = {
  add: (a, b) => a + b,
  sub: (a, b) => (a > b ? a - b : 0n),
  mul: (a, b) => a * b,
  pow: (a, b) => a ** b,
  div: (a, b) => (b === 0n ? 0n : a / b),
  mod: (a, b) => (b === 0n ? a : a % b),
  gcd: (a, b) => greatestDivisor(a, b),
  beq: (a, b) => a === b,
  ble: (a, b) => a <= b,
  land: (a, b) => a & b,
  lor: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shiftLeft: (a, b) => a << b,
  shiftRight: (a, b) => a >> b,
};

function greatestDivisor(a: bigint, b: bigint): bigint {
  for (let d = a > b ? a : b; d > 0n; d--) if (a % d === 0n && b % d === 0n) return d;
  return 0n;
}

/** An environment in which the operation has another name, so that nothing computes it on literals. */
function renamed(name: string): { readonly environment: Environment; readonly named: string } {
  const found = baseDeclarations.find((one) => one.kind === 'definition' && one.name === `Nat.${name}`);
  const copy = { ...found, name: `My.${name}` } as Declaration;
  return { environment: assume(baseEnvironment, copy), named: `My.${name}` };
}

describe('arithmetic', () => {
  const numbers = [0n, 1n, 2n, 3n, 4n, 5n, 7n, 8n, 12n, 13n];

  it.each(Object.keys(operations))('unfolds to what the kernel computes: %s', (name) => {
    const { environment, named } = renamed(name);
    const wrong: string[] = [];
    for (const a of numbers) {
      for (const b of numbers.slice(0, 8)) {
        const result = operations[name]?.(a, b) ?? 0n;
        const term = app(constant(named), nat(a), nat(b));
        if (
          !equalTerms(typing(environment), term, valueOf(result)) ||
          equalTerms(typing(environment), term, otherThan(result))
        )
          wrong.push(`${name} ${a} ${b}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(Object.keys(operations))('is computed on literals as it unfolds: %s', (name) => {
    for (const a of [...numbers, 1n << 70n, (1n << 64n) - 1n]) {
      for (const b of numbers) {
        const operation = app(constant(`Nat.${name}`), nat(a), nat(b));
        const expected = name === 'gcd' && a > 20n ? undefined : operations[name]?.(a, b);
        if (expected !== undefined) expect(equalTerms(typing(), operation, valueOf(expected))).toBe(true);
      }
    }
  });
});

function valueOf(result: bigint | boolean): Expr {
  return typeof result === 'bigint' ? nat(result) : constant(result ? 'Bool.true' : 'Bool.false');
}
function otherThan(result: bigint | boolean): Expr {
  return typeof result === 'bigint' ? nat(result + 1n) : valueOf(!result);
}

describe('characters and strings', () => {
  const codeOf = (n: number): Expr =>
    app(constant('UInt32.toNat'), proj('Char', 0, app(constant('Char.ofNat'), nat(n))));

  it.each([
    [0, 0],
    [97, 97],
    [0xd7ff, 0xd7ff],
    [0xd800, 0],
    [0xdfff, 0],
    [0xe000, 0xe000],
    [0x10ffff, 0x10ffff],
    [0x110000, 0],
    [2 ** 40, 0],
  ])('has code point %i as %i', (n, expected) => {
    const claim = equal(one, Nat, codeOf(n), nat(expected));
    const value = reflexivity(one, Nat, nat(expected));
    const theorem = { kind: 'theorem', name: 'code', levelParams: [], type: claim, value } as const;
    expect(checkDeclaration(baseEnvironment, theorem).kind).toBe('accept');
  });

  it('sees a literal as the list of its characters', () => {
    const characters = proj('String', 0, string('hé'));
    const cons = proj('String', 0, string('h'));
    expect(equalTerms(typing(), characters, app(constant('String.toList'), string('hé')))).toBe(true);
    expect(equalTerms(typing(), characters, cons)).toBe(false);
  });
});

describe('the environment that all Leans have in common', () => {
  it('has the same constants, but for what takes a string apart', () => {
    const names = (environment: Environment): string[] => environment.all.map(({ name }) => name);
    const common = new Set(names(commonEnvironment));
    expect(names(baseEnvironment).filter((name) => !common.has(name))).toEqual(['String.rec']);
  });

  it('computes on literals, and does not unfold what Init defines otherwise', () => {
    const t = typing(commonEnvironment);
    expect(equalTerms(t, app(constant('Nat.div'), nat(7), nat(2)), nat(3))).toBe(true);
    const x = t.bind(Nat);
    expect(() => equalTerms(t, app(constant('Nat.div'), x, nat(0)), nat(0))).toThrow(DontKnow);
  });
});

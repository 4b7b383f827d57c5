import { corners } from '../literals.js';
import { say } from '../../../ir/source/tree.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';

/** Where the kernel or the compiler calls code outside of Lean: large numbers, strings, machine words. */
export const externalCode: readonly Kind[] = [
  { kind: 'nat-arithmetic', weight: 4, make: natural },
  { kind: 'int-arithmetic', weight: 1.5, make: integer },
  { kind: 'words', weight: 2, make: word },
  { kind: 'strings', weight: 2, make: text },
  { kind: 'bitvectors', weight: 1.5, make: bitVector },
  { kind: 'compiled', weight: 1, make: compiled },
];

/** Either side of a comparison that is decided by evaluation: `or` makes it true whatever the value. */
function decided(context: Context, left: string, right: string, type: string): Draft {
  const { random } = context;
  const t = context.name('t');
  const proofs = ['by decide', 'by simp', 'by first | rfl | decide', 'by decide +kernel'];
  const proofsOfDecide = ['by decide', 'by rfl', 'by simp', 'rfl', 'by decide +kernel'];
  const [statement, ways] = random.pick([
    [`(${left} : ${type}) = ${left}`, proofs],
    [`((${left} : ${type}) == ${left}) = true`, proofs],
    [`(${left} : ${type}) = ${right} ∨ (${left} : ${type}) ≠ ${right}`, proofs],
    [`decide ((${left} : ${type}) = ${right}) = (${left} == (${right} : ${type}))`, proofsOfDecide],
  ] as const);
  const proof = random.pick(ways);
  return { tree: say`theorem ${t} : ${statement} := ${proof}`, declares: nothingToUse(t) };
}

const binary = ['+', '*', '-', '/', '%', '^^^', '|||', '&&&'] as const;

/** Arithmetic on natural numbers at the corners; exponents and shifts stay small. */
function natural(context: Context): Draft {
  const { random } = context;
  const number = (): string => random.pick(corners);
  const small = (): string => String(random.pick([0, 1, 2, 7, 8, 63, 64, 65]));
  const operation = (): string =>
    random.pick([
      `${number()} ${random.pick(binary)} ${number()}`,
      `${number()} ^ ${small()}`,
      `${number()} <<< ${small()}`,
      `${number()} >>> ${small()}`,
      `Nat.gcd ${number()} ${number()}`,
      `Nat.log2 ${number()}`,
      `Nat.pred ${number()}`,
      `Nat.land ${number()} ${number()}`,
      `Nat.succ ${number()}`,
    ]);
  const left = `(${operation()})`;
  if (!random.chance(0.4)) return decided(context, left, `(${operation()})`, 'Nat');
  const t = context.name('t');
  const [a, b] = [number(), number()];
  const [statement, proof] = random.pick([
    [`${a} - ${b} ≤ ${a}`, 'by omega'],
    [`Nat.ble ${a} ${b} = decide (${a} ≤ ${b})`, 'by decide'],
    [`${a} / ${b} * ${b} + ${a} % ${b} = ${a}`, 'by decide'],
    [`(${a} + ${b}) - ${b} = ${a}`, 'by simp'],
    [`∀ n : Nat, n % ${b} ≤ n`, 'fun n => Nat.mod_le n _'],
    [`Nat.beq ${a} ${b} = Nat.beq ${b} ${a}`, 'rfl'],
    [`(${a} * ${b}) % 256 = ((${a} % 256) * (${b} % 256)) % 256`, 'by decide'],
    [`Nat.gcd ${a} ${b} = Nat.gcd ${b} ${a}`, 'by decide'],
    [`(${a} ^^^ ${b}) ^^^ ${b} = ${a}`, 'by decide'],
    [`${a} <<< 3 = ${a} * 8`, 'by decide'],
  ] as const);
  return { tree: say`theorem ${t} : ${statement} := ${proof}`, declares: nothingToUse(t) };
}

function integer(context: Context): Draft {
  const { random } = context;
  const number = (): string => `(${random.chance(0.5) ? '-' : ''}${random.pick(corners)} : Int)`;
  const operation = (): string =>
    random.pick([
      `(${number()} ${random.pick(['+', '*', '-', '/', '%'])} ${number()})`,
      `(Int.natAbs ${number()} : Int)`,
      `(Int.tdiv ${number()} ${number()})`,
      `(Int.fmod ${number()} ${number()})`,
      `(Int.emod ${number()} ${number()})`,
      `(-${number()})`,
      `(Int.toNat ${number()} : Int)`,
    ]);
  return decided(context, operation(), operation(), 'Int');
}

function word(context: Context): Draft {
  const { random } = context;
  const type = random.pick(['UInt8', 'UInt16', 'UInt32', 'UInt64', 'USize', 'Fin 256', 'Int8', 'Int64']);
  const number = (): string => `(${random.pick(corners)} : ${type})`;
  const operation = (): string =>
    random.pick([
      `(${number()} ${random.pick(['+', '*', '-', '/', '%'])} ${number()})`,
      `(${number()} ${random.pick(['^^^', '|||', '&&&'])} ${number()})`,
      number(),
    ]);
  return decided(context, operation(), operation(), type);
}

function text(context: Context): Draft {
  const { random } = context;
  const string = (): string => random.pick(['""', '"a"', '"∀"', '"\\n"', '"\\x00b"', '"\\uffff"', '"ab"']);
  const character = (): string =>
    random.pick(["'a'", "'∀'", "'\\x00'", '(Char.ofNat 55296)', '(Char.ofNat 1114112)']);
  const [left, right, type] = random.pick([
    [`(${string()} ++ ${string()})`, `(${string()} ++ ${string()})`, 'String'],
    [`(${string()}.length)`, '1', 'Nat'],
    [`(${string()}.push ${character()})`, string(), 'String'],
    [`(${character()}.toNat)`, random.pick(corners), 'Nat'],
    [character(), character(), 'Char'],
    [`(String.ofList [${character()}])`, string(), 'String'],
    [`(${string()}.utf8ByteSize)`, '3', 'Nat'],
    [`(${string()}.isEmpty)`, 'true', 'Bool'],
    [`(${string()} < ${string()} : Bool)`, 'true', 'Bool'],
  ] as const);
  return decided(context, left, right, type);
}

function bitVector(context: Context): Draft {
  const { random } = context;
  const width = random.pick([0, 1, 8, 64, 65]);
  const number = (): string => `(${random.pick(corners)}#${width})`;
  const operation = (): string =>
    random.pick([
      `(${number()} ${random.pick(['+', '*', '-', '&&&', '|||', '^^^', '/', '%'])} ${number()})`,
      `(${number()} <<< ${random.pick([0, 1, 64])})`,
      `(~~~ ${number()})`,
      `(BitVec.ofNat ${width} ${random.pick(corners)})`,
    ]);
  return decided(context, operation(), operation(), `BitVec ${width}`);
}

/** A proof that trusts compiled code. */
function compiled(context: Context): Draft {
  const { terms, size } = context;
  const t = context.name('t');
  const value = terms.term({ kind: 'named', head: 'Bool', args: [] }, [], size >> 1) ?? say`true`;
  return {
    tree: say`theorem ${t} : ${value} = true ∨ ${value} = false := by first | native_decide | decide | cases ${value} <;> simp`,
    declares: nothingToUse(t),
  };
}

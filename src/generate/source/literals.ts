import type { Random } from '../../util/random.js';
import { say, term, type Tree } from '../../ir/source/tree.js';
import { printType, type Type } from '../../ir/source/types.js';

/** Natural numbers at which representations change: of machine words, of small and large numbers, of characters. */
export const corners: readonly string[] = [
  '0',
  '1',
  '2',
  '3',
  '7',
  '8',
  '255',
  '256',
  '65535',
  '65536',
  '55295', // the last character before the surrogates
  '57344', // the first one behind them
  '1114111',
  '2147483647',
  '2147483648',
  '4294967295',
  '4294967296',
  '9223372036854775807',
  '9223372036854775808',
  '18446744073709551615',
  '18446744073709551616',
  '340282366920938463463374607431768211456',
];

const strings = ['""', '"a"', '"∀\\n"', '"\\uffff"', '"\\x00"', '"ab".push \'c\'', '"x" ++ "y"'];
const characters = ["'a'", "'0'", "'\\n'", "'\\uffff'", "'\\x00'", 'Char.ofNat 1114111', 'Char.ofNat 55296'];

/** A literal of a type of Lean's core that has some. */
export function literal(random: Random, goal: Type): Tree | undefined {
  const text = literalText(random, goal);
  return text === undefined ? undefined : term(goal, say`${text}`);
}

function literalText(random: Random, goal: Type): string | undefined {
  if (goal.kind !== 'named') return undefined;
  switch (goal.head) {
    case 'Nat':
      return random.pick(corners);
    case 'Bool':
      return random.pick(['true', 'false']);
    case 'Unit':
      return '()';
    case 'String':
      return `(${random.pick(strings)})`;
    case 'Char':
      return `(${random.pick(characters)})`;
    case 'Int':
      return `(${random.chance(0.4) ? '-' : ''}${random.pick(corners)} : Int)`;
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'UInt64':
      return `(${random.pick(corners)} : ${goal.head})`;
    case 'List':
      return `(List.nil : ${printType(goal)})`;
    case 'Option':
      return `(none : ${printType(goal)})`;
    default:
      return undefined;
  }
}

import type { Expr } from '../../ir/expr.js';
import { unapply } from '../../ir/expr-ops.js';
import type { Name } from '../../ir/name.js';
import { commonEnvironment } from '../../kernel/base-environment.js';
import type { Constant } from '../../kernel/environment.js';
import { domainsOf, resultOf } from '../../ir/telescope.js';

/** A constant seen as a function that can produce values of what its type ends in. */
export interface Producer {
  readonly constant: Constant;
  /** Types of its arguments; argument i may refer to the ones before it as bvar 0 (the last) to i - 1. */
  readonly args: readonly Expr[];
  /** Its result type, with all arguments bound in the same way. */
  readonly result: Expr;
}

/** The head of a type: the name of a constant, `sort`, or `other` (a variable, a stuck term). */
export type Head = string;

export function headOf(type: Expr): Head {
  const { head } = unapply(type);
  if (head.kind === 'const') return head.name;
  return head.kind === 'sort' ? 'sort' : 'other';
}

const none: readonly Producer[] = [];

/** Constants that a random application of which says little, or that need a goal of their own. */
const leftOut: ReadonlySet<Name> = new Set([
  'LT',
  'LT.mk',
  'LT.lt',
  'instLTNat',
  'LE',
  'LE.mk',
  'LE.le',
  'instLENat',
  'OfNat',
  'OfNat.mk',
  'OfNat.ofNat',
  'instOfNatNat',
  'NatPow',
  'NatPow.mk',
  'NatPow.pow',
  'instNatPowNat',
  'Pow',
  'Pow.mk',
  'Pow.pow',
  'instPowNat',
  'HPow',
  'HPow.mk',
  'HPow.hPow',
  'instHPow',
  'BitVec',
  'BitVec.ofFin',
  'BitVec.toFin',
  'BitVec.toNat',
  'UInt32',
  'UInt32.ofBitVec',
  'UInt32.toBitVec',
  'UInt32.toNat',
  'UInt32.isValidChar',
  'Nat.isValidChar',
  'Char.mk',
  'Quot.ind',
  'String.toList',
  'ULift',
  'ULift.up',
]);

/** The producers of an environment by head, oldest first. Extending one leaves it as it was. */
export class Producers {
  private constructor(
    private readonly byHead: ReadonlyMap<Head, readonly Producer[]>,
    private readonly base: Producers | undefined,
  ) {}

  /** Those of Lean's core, and none of a candidate's own. */
  static readonly ofBase = new Producers(
    new Map(),
    new Producers(index(new Map(), commonEnvironment.written), undefined),
  );

  /** With the constants of a new declaration. */
  extend(constants: readonly Constant[]): Producers {
    return new Producers(index(this.byHead, constants), this.base);
  }

  /** Producers that the candidate declared. */
  own(head: Head): readonly Producer[] {
    return this.byHead.get(head) ?? none;
  }

  /** Producers of Lean's core. */
  core(head: Head): readonly Producer[] {
    return this.base?.byHead.get(head) ?? none;
  }
}

function index(
  before: ReadonlyMap<Head, readonly Producer[]>,
  constants: readonly Constant[],
): Map<Head, readonly Producer[]> {
  const map = new Map(before);
  for (const constant of constants) {
    // Recursors make whatever is asked for: the generator applies them on purpose, see eliminate.ts.
    if (constant.details.kind === 'recursor' || leftOut.has(constant.name)) continue;
    const [args, result] = [domainsOf(constant.type), resultOf(constant.type)];
    const head = headOf(result);
    map.set(head, [...(map.get(head) ?? none), { constant, args, result }]);
  }
  return map;
}

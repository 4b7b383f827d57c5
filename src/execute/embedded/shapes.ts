import type { ConstantShape } from '../../api/execution.js';
import type { Name } from '../../ir/name.js';
import type { ConstantInfo, Constants } from './constants.js';
import { box, unbox, type LeanHeap } from './heap.js';
import { ExprCtor } from './kernel-reader.js';

/**
 * The shape of a constant as numbers, by kind:
 *   inductive    parameters, indices, constructors, nested occurrences, types in its block, recursive, reflexive,
 *                sort of its result (0 Prop, 1 Type, 2 a sort with parameters, 3 other), then its recursor's
 *                motives, minor premises, K flag, large elimination
 *   others       binders of the type, sort of the type's result as above; with `reduce`, for a definition, whether
 *                its value's weak head normal form stays as it is when it is reduced again
 * Undefined where there is no such constant.
 */
export function shapeOf(
  heap: LeanHeap,
  constants: Constants,
  kernelEnvironment: number,
  name: Name,
  reduce = false,
): ConstantShape | undefined {
  const info = constants.find(kernelEnvironment, name);
  if (info === undefined) return undefined;
  const header = constants.header(info);
  const levelParams = heap.elements(header.levelParams).length;
  const { binders, sort } = resultSort(heap, header.type);
  const numbers =
    info.kind === 'inductive'
      ? [
          ...inductiveNumbers(heap, info, sort),
          ...recursorNumbers(heap, constants, kernelEnvironment, name, levelParams),
        ]
      : [binders, sort];
  const value = reduce && info.kind === 'definition' ? constants.body(info) : undefined;
  if (value !== undefined) numbers.push(isReductionStable(heap, kernelEnvironment, value) ? 1 : 0);
  return { name, kind: info.kind, levelParams, numbers };
}

function isReductionStable(heap: LeanHeap, kernelEnvironment: number, value: number): boolean {
  const once = reduced(heap, kernelEnvironment, value);
  if (once === undefined) return true;
  const twice = reduced(heap, kernelEnvironment, once);
  const same = twice !== undefined && heap.exports.lean_expr_eqv(once, twice) !== 0;
  heap.dec(once);
  if (twice !== undefined) heap.dec(twice);
  return same;
}

/** The weak head normal form of a borrowed expression, owned; undefined where the kernel throws. */
function reduced(heap: LeanHeap, kernelEnvironment: number, expr: number): number | undefined {
  const { exports } = heap;
  const noLocals = exports.lean_mk_empty_local_ctx(box(0));
  const environment = exports.lean_elab_environment_of_kernel_env(heap.inc(kernelEnvironment));
  const result = exports.lean_kernel_whnf(environment, noLocals, heap.inc(expr));
  const value = heap.tag(result) === 1 ? heap.inc(heap.field(result, 0)) : undefined;
  heap.dec(result);
  return value;
}

function inductiveNumbers(heap: LeanHeap, { value }: ConstantInfo, sort: number): number[] {
  const number = (field: number): number => unbox(heap.field(value, field));
  const length = (field: number): number => heap.elements(heap.field(value, field)).length;
  const flag = (offset: number): number => heap.scalarByte(value, 6, offset);
  return [number(1), number(2), length(4), number(5), length(3), flag(0), flag(2), sort];
}

function recursorNumbers(
  heap: LeanHeap,
  constants: Constants,
  kernelEnvironment: number,
  name: Name,
  levelParams: number,
): number[] {
  const recursor = constants.find(kernelEnvironment, `${name}.rec`);
  if (recursor?.kind !== 'recursor') return [];
  const large = heap.elements(constants.header(recursor).levelParams).length > levelParams ? 1 : 0;
  const number = (field: number): number => unbox(heap.field(recursor.value, field));
  return [number(4), number(5), heap.scalarByte(recursor.value, 7, 0), large];
}

/** How many binders a type has, and what kind of sort is below them. */
function resultSort(heap: LeanHeap, type: number): { binders: number; sort: number } {
  let binders = 0;
  let result = type;
  for (; heap.tag(result) === ExprCtor.pi; result = heap.field(result, 2)) binders++;
  if (heap.tag(result) !== ExprCtor.sort) return { binders, sort: 3 };
  const level = heap.field(result, 0);
  const isNumber = (l: number): boolean => (l & 1) !== 0 || (heap.tag(l) === 1 && isNumber(heap.field(l, 0)));
  if (!isNumber(level)) return { binders, sort: 2 };
  return { binders, sort: heap.tag(level) === 0 ? 0 : 1 };
}

/**
 * Questions about terms of a candidate whose answer our own kernel knows: what type they have, what they reduce to,
 * what they are equal to by definition and what not, both ways and by way of a third term. Each is asked as a
 * declaration, so that any Lean and any checker can answer it.
 */
import type { Declaration } from '../../ir/declaration.js';
import { app, constant, nat, sort, type Expr } from '../../ir/expr.js';
import { unapply } from '../../ir/expr-ops.js';
import { define } from '../../ir/hoas.js';
import { zero, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { positionsOf } from '../../ir/positions.js';
import type { QuestionSubject } from '../../ir/unit/facts.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import { Bool, Nat } from '../../ir/core-constants.js';
import { equal, reflexivity } from '../../kernel/base/terms.js';
import { checkDeclaration } from '../../kernel/check.js';
import type { Environment } from '../../kernel/environment.js';
import { DontKnow, IllTyped } from '../../kernel/failure.js';
import { inferType, isProposition, levelOfType } from '../../kernel/infer.js';
import { strict, type Mode } from '../../kernel/mode.js';
import { unfold, whnf } from '../../kernel/reduce.js';
import { rulesOf } from '../../kernel/rules.js';
import { subtermAt, type Subterm } from '../../kernel/subterm.js';
import { close } from '../../kernel/telescope.js';
import { Typing } from '../../kernel/typing.js';
import type { Random } from '../../util/random.js';

/** Nodes of a declaration among which one is chosen. */
const maxPositions = 64;
/** Nodes of a type or a value that is still asked about. */
const maxSize = 400;
/** Steps of our own kernel for one term. */
const steps = 5000;

/** A question, and the declaration by which it is asked. */
interface Draft {
  readonly about: QuestionSubject;
  readonly expected: 'accept' | 'reject';
  readonly type: Expr;
  readonly value: Expr;
  readonly isProof: boolean;
}

/**
 * Questions about a random term of a declaration, in an environment that has it; none where our kernel does not know,
 * or gives another answer than the question wants: a unit's `expected` is the answer. `name` gives names that are
 * free.
 */
export function questionsAbout(
  random: Random,
  environment: Environment,
  declaration: Declaration,
  mode: Mode,
  name: () => Name,
): KernelUnit[] {
  if (!('value' in declaration) || declaration.kind === 'opaque') return [];
  if (declaration.kind === 'definition' && declaration.safety !== 'safe') return [];
  const places = positionsOf(declaration.value, maxPositions);
  const { path } = random.pick(places);
  const t = new Typing(environment, null, steps, { rules: rulesOf(mode) });
  const drafts = unlessUnknown(() => draftsFor(t, subtermAt(t, declaration.value, path))) ?? [];
  return drafts.flatMap((draft) => {
    const asked = asDeclaration(draft, name(), declaration.levelParams);
    return isSure(environment, asked, mode, draft.expected)
      ? [KernelUnit.of(asked, { made: { how: 'question', about: draft.about }, expected: draft.expected })]
      : [];
  });
}

function draftsFor(t: Typing, subterm: Subterm | undefined): Draft[] {
  if (subterm === undefined) return [];
  const { locals, term } = subterm;
  const type = inferType(t, term);
  if (term.size + type.size > maxSize || term.kind === 'sort') return [];
  const closed = (kind: 'pi' | 'lambda', body: Expr): Expr => close(kind, locals, body);
  const typed = (about: Draft['about'], expected: Draft['expected'], wanted: Expr): Draft => ({
    ...{ about, expected, isProof: false },
    type: closed('pi', wanted),
    value: closed('lambda', term),
  });
  const drafts = [typed('type', 'accept', type), typed('another type', 'reject', anotherType(t, type))];
  if (isProposition(t, type)) return drafts;
  const level = levelOfType(t, type, false);
  const value = whnf(t, term);
  if (value.size > maxSize) return drafts;
  const equation = (about: Draft['about'], expected: Draft['expected'], a: Expr, b: Expr): Draft[] =>
    bothWays(level, type, a, b).map((sides) => ({
      ...{ about, expected, isProof: true },
      type: closed('pi', sides.statement),
      value: closed('lambda', sides.proof),
    }));
  if (value !== term) drafts.push(...equation('value', 'accept', term, value));
  const unfolded = unfold(t, term);
  if (unfolded !== undefined && unfolded.size <= maxSize && unfolded !== value) {
    drafts.push(...equation('value by way of an unfolding', 'accept', unfolded, value));
    drafts.push(...equation('value by way of an unfolding', 'accept', term, unfolded));
  }
  const other = anotherValue(t, value);
  if (other !== undefined) drafts.push(...equation('another value', 'reject', term, other));
  return drafts;
}

/** `a = b` by reflexivity of either side: the kernel compares the two once in each order. */
function bothWays(level: Level, type: Expr, a: Expr, b: Expr): { statement: Expr; proof: Expr }[] {
  return [
    { statement: equal(level, type, a, b), proof: reflexivity(level, type, a) },
    { statement: equal(level, type, a, b), proof: reflexivity(level, type, b) },
  ];
}

/** A type that the term does not have, whatever its variables stand for. */
function anotherType(t: Typing, type: Expr): Expr {
  const { head } = unapply(whnf(t, type));
  if (head.kind === 'const' && head.name === 'Nat') return Bool;
  return head.kind === 'sort' ? Nat : sort(zero);
}

/** A value of the same type that a number or a constructor without fields is not. */
function anotherValue(t: Typing, value: Expr): Expr | undefined {
  if (value.kind === 'nat') return nat(value.value + 1n);
  const { head, args } = unapply(value);
  const details = head.kind === 'const' ? t.environment.find(head.name)?.details : undefined;
  if (head.kind !== 'const' || details?.kind !== 'constructor') return undefined;
  const type = t.environment.find(details.inductive)?.details;
  if (type?.kind !== 'inductive' || type.indices > 0) return undefined;
  const other = type.constructors.find((name) => {
    const constructor = t.environment.find(name)?.details;
    return name !== head.name && constructor?.kind === 'constructor' && constructor.fields === 0;
  });
  return other === undefined
    ? undefined
    : app(constant(other, head.levels), ...args.slice(0, type.parameters));
}

function asDeclaration(draft: Draft, name: Name, levelParams: readonly Name[]): Declaration {
  const { type, value, isProof } = draft;
  return isProof
    ? { kind: 'theorem', name, levelParams, type, value }
    : define(name, levelParams, type, value);
}

/** Whether our kernel gives the answer that is wanted: as that release for an accept, and in theory for a refusal. */
function isSure(
  environment: Environment,
  declaration: Declaration,
  mode: Mode,
  expected: Draft['expected'],
): boolean {
  const modes = expected === 'accept' ? [mode] : [mode, strict];
  return modes.every(
    (one) => checkDeclaration(environment, declaration, { mode: one, steps }).kind === expected,
  );
}

function unlessUnknown<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof DontKnow || error instanceof IllTyped || error instanceof RangeError)
      return undefined;
    throw error;
  }
}

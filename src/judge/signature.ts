import type { Unit } from '../api/candidate.js';
import type { Declaration, Inductive } from '../ir/declaration.js';
import type { Expr } from '../ir/expr.js';
import { unapply } from '../ir/expr-ops.js';
import { messageTemplate } from './refusal-categories.js';
import { domainsOf, resultOf } from '../ir/telescope.js';

/**
 * The signature of an accept that should have been a refusal: of which shape the declaration is, and the objection. How
 * a unit was broken is part of it only where the objection does not say by itself what the kernel overlooked.
 */
export function acceptedSignature(unit: Unit, declaration: Declaration, objection: string): string {
  const operator = isVague.test(objection) ? `${unit.kind} in ` : '';
  const withoutName = objection.replace(/^\S+: /, '');
  const shape = isAnywhere.test(withoutName) ? declaration.kind : shapeOf(declaration);
  return `accepted ${operator}${shape}: ${messageTemplate(withoutName)}`;
}

/** The signature of what a kernel makes of an inductive declaration otherwise than ours: of which constant, and what. */
export function madeSignature(declaration: Declaration, kind: string, what: string): string {
  return `made ${shapeOf(declaration)}: ${kind}, ${what}`;
}

/** The signature of a refusal of what our own kernel accepts. */
export function refusedSignature(declaration: Declaration, message: string): string {
  return `incomplete ${shapeOf(declaration)}: ${messageTemplate(message)}`;
}

/** What has one cause in blocks of any shape. */
const isAnywhere = /^a loose bound variable/;

/** Messages that an error almost anywhere leads to, or that mean that the checker does not know. */
const isVague = /of another type|was expected|not modelled|too large|too deep|out of fuel/;

/** The kind of a declaration, whatever its names, sizes and terms: the part of the kernel that deals with it. */
export function shapeOf(declaration: Declaration): string {
  if (declaration.kind !== 'inductive') return declaration.kind;
  const traits = [
    ...(declaration.types.length > 1 ? ['mutual'] : []),
    ...(isNested(declaration) ? ['nested'] : []),
  ];
  return [...traits, 'inductive'].join(' ');
}

/** Whether a field has a type of the block as an argument of something else, such as List. */
function isNested({ types, parameters }: Inductive): boolean {
  const own = new Set(types.map(({ name }) => name));
  const isOwn = (expr: Expr): boolean => {
    const { head } = unapply(expr);
    return head.kind === 'const' && own.has(head.name);
  };
  const fields = types.flatMap(({ constructors }) =>
    constructors.flatMap(({ type }) => domainsOf(type).slice(parameters)),
  );
  return fields.some((field) => {
    const result = resultOf(field);
    return !isOwn(result) && unapply(result).args.some(isOwn);
  });
}

/** The signature of a proof of False that was not confirmed, because it was refused, or because there was no answer. */
export function unconfirmedOf(signature: string, answer: 'refuses' | 'noAnswer'): string {
  return `${answer === 'refuses' ? 'unconfirmed' : unknown} ${signature}`;
}

/** Whether a signature is of a proof of False about which a confirmation gave no answer. */
export function isUnknown(signature: string): boolean {
  return signature.startsWith(`${unknown} solution `);
}

const unknown = 'unknown';

/** The signature of proofs of False that were found behind leads of a signature. */
export function solutionOf(leadSignature: string): string {
  return `solution ${leadSignature}`;
}

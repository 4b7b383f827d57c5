/**
 * Function types as they are written: binders and a result. Nothing is reduced, and nothing takes a variable's place.
 */
import type { Expr } from './expr.js';

/** Types of the arguments; argument i may mention those before it as bvar 0 (the last) to i - 1. */
export function domainsOf(type: Expr): Expr[] {
  const domains: Expr[] = [];
  for (let rest = type; rest.kind === 'pi'; rest = rest.body) domains.push(rest.type);
  return domains;
}

/** The result type of a function type, with all arguments bound in the same way. */
export function resultOf(type: Expr): Expr {
  let result = type;
  while (result.kind === 'pi') result = result.body;
  return result;
}

/** How many arguments are written. */
export function arityOf(type: Expr): number {
  let arity = 0;
  for (let rest = type; rest.kind === 'pi'; rest = rest.body) arity++;
  return arity;
}

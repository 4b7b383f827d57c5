/** Short words for the terms of hostile declarations. */
import * as expr from '../../dist/ir/expr.js';
import { define } from '../../dist/ir/hoas.js';
import { succ, zero } from '../../dist/ir/level.js';

/** A level by its number. */
function level(number) {
  let result = zero;
  for (let i = 0; i < number; i++) result = succ(result);
  return result;
}

export const { app, nat, string } = expr;
export const constant = (name, levels = []) => expr.constant(name, levels.map(level));
export const sort = (number) => expr.sort(level(number));
export const pi = (type, body) => expr.pi('x', type, body);
export const lam = (type, body) => expr.lambda('x', type, body);
/** A definition. */
export const decl = (name, type, value, safety = 'safe') => ({ ...define(name, [], type, value), safety });

/** Constants of Lean's core that much is said with. */
import { constant, sort } from './expr.js';
import { one, zero } from './level.js';

export const Prop = sort(zero);
export const Type = sort(one);
export const False = constant('False');
export const True = constant('True');
export const Nat = constant('Nat');
export const Bool = constant('Bool');
export const yes = constant('Bool.true');
export const no = constant('Bool.false');
export const Str = constant('String');
export const Char = constant('Char');

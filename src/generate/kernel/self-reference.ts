import type { Declaration } from '../../ir/declaration.js';
import { app, constant, sort, type Expr } from '../../ir/expr.js';
import { arrows, fun, inductiveType } from '../../ir/hoas.js';
import { one, zero } from '../../ir/level.js';
import { False } from '../../ir/core-constants.js';

const name = 'Curry';
const Curry = constant(name);

/**
 * The plainest type that refers to itself on the left of an arrow, a value of which denies all values of its type, and
 * the proof of False that it gives: the value that denies every value which denies itself. For where a kernel has let
 * a type of that kind through, in whatever disguise.
 */
export function selfReference(): { readonly declaration: Declaration; readonly proof: Expr } {
  const deny = arrows(Curry, False);
  const declaration = inductiveType(
    name,
    [],
    [],
    () => sort(one),
    (self) => ({ mk: arrows(arrows(self, False), self) }),
  );
  const motive = fun('_', Curry, () => deny);
  const denied = (value: Expr): Expr =>
    app(
      constant(`${name}.rec`, [zero]),
      motive,
      fun('f', deny, (f) => f),
      value,
    );
  const deniesItself = fun('c', Curry, (c) => app(denied(c), c));
  return { declaration, proof: app(deniesItself, app(constant(`${name}.mk`), deniesItself)) };
}

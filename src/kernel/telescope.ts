import { abstractAll, instantiate } from '../ir/expr-ops.js';
import { binder, type BinderInfo, type Expr, type ExprOf } from '../ir/expr.js';
import { whnf } from './reduce.js';
import type { Typing } from './typing.js';

/** A bound variable that was opened: a local, and how to close it again. */
export interface Opened {
  readonly local: ExprOf<'fvar' | 'mvar'>;
  readonly name: string;
  readonly info: BinderInfo;
  readonly type: Expr;
}

/** Opens up to `limit` leading pi binders with fresh locals, reducing the type where it is none by itself. */
export function openPis(t: Typing, type: Expr, limit = Infinity): { locals: Opened[]; rest: Expr } {
  const locals: Opened[] = [];
  let rest = type;
  while (locals.length < limit) {
    if (rest.kind !== 'pi') {
      const reduced = whnf(t, rest);
      if (reduced.kind !== 'pi') break;
      rest = reduced;
    }
    const opened = open(t, rest.name, rest.type, rest.info);
    rest = instantiate(rest.body, opened.local);
    locals.push(opened);
  }
  return { locals, rest };
}

export function open(t: Typing, name: string, type: Expr, info: BinderInfo = 'default'): Opened {
  return { local: t.bind(type) as ExprOf<'fvar' | 'mvar'>, name, info, type };
}

/** `kind` binders for the locals around the body, outermost first. */
export function close(kind: 'pi' | 'lambda', locals: readonly Opened[], body: Expr): Expr {
  const names = locals.map(({ local }) => local.name);
  let result = abstractAll(body, names);
  for (let i = locals.length - 1; i >= 0; i--) {
    const opened = locals[i];
    if (opened === undefined) continue;
    result = binder(kind, opened.name, abstractAll(opened.type, names.slice(0, i)), result, opened.info);
  }
  return result;
}

export function localsOf(opened: readonly Opened[]): Expr[] {
  return opened.map(({ local }) => local);
}

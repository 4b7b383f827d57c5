import { abstractAll, abstractor, instantiateAll } from '../ir/expr-ops.js';
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
  // The rest behind a binder is instantiated when it is needed: to do so at each would take the square of its length.
  let body = type;
  let values: Expr[] = [];
  while (locals.length < limit) {
    if (body.kind !== 'pi') {
      body = instantiateAll(body, values);
      values = [];
      const reduced = whnf(t, body);
      if (reduced.kind !== 'pi') break;
      body = reduced;
    }
    const opened = open(t, body.name, instantiateAll(body.type, values), body.info);
    body = body.body;
    values.push(opened.local);
    locals.push(opened);
  }
  return { locals, rest: instantiateAll(body, values) };
}

export function open(t: Typing, name: string, type: Expr, info: BinderInfo = 'default'): Opened {
  return { local: t.bind(type) as ExprOf<'fvar' | 'mvar'>, name, info, type };
}

type Close = (kind: 'pi' | 'lambda', locals: readonly Opened[], body: Expr) => Expr;

/** close for many that share their outermost locals: the types of these are closed once. */
export function closer(outer: readonly Opened[]): Close {
  const abstract = abstractor(outer.map(({ local }) => local.name));
  const types = outer.map(({ type }, i) => abstract(type, i));
  return (kind, locals, body) => {
    let result = abstract(close(kind, locals, body), outer.length);
    for (let i = outer.length - 1; i >= 0; i--) {
      const { name, info } = outer[i] as Opened;
      result = binder(kind, name, types[i] as Expr, result, info);
    }
    return result;
  };
}

/** `kind` binders for the locals around the body, outermost first. */
export function close(kind: 'pi' | 'lambda', locals: readonly Opened[], body: Expr): Expr {
  const names = locals.map(({ local }) => local.name);
  let result = abstractAll(body, names);
  const abstract = abstractor(names);
  for (let i = locals.length - 1; i >= 0; i--) {
    const opened = locals[i];
    if (opened === undefined) continue;
    result = binder(kind, opened.name, abstract(opened.type, i), result, opened.info);
  }
  return result;
}

export function localsOf(opened: readonly Opened[]): Expr[] {
  return opened.map(({ local }) => local);
}

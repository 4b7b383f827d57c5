import { instantiate } from '../ir/expr-ops.js';
import type { Expr } from '../ir/expr.js';
import { open, type Opened } from './telescope.js';
import type { Typing } from './typing.js';

/** A node of a term, with the binders above it opened: what it mentions are locals. */
export interface Subterm {
  readonly locals: readonly Opened[];
  readonly term: Expr;
}

/**
 * The node at a path of children (see positionsOf); undefined where there is none. Values of `let` are put in their
 * place.
 */
export function subtermAt(t: Typing, root: Expr, path: readonly number[]): Subterm | undefined {
  const locals: Opened[] = [];
  let term = root;
  for (const which of path) {
    switch (term.kind) {
      case 'app':
        term = which === 0 ? term.fn : term.arg;
        break;
      case 'lambda':
      case 'pi': {
        if (which === 0) {
          term = term.type;
          break;
        }
        const opened = open(t, term.name, term.type, term.info);
        locals.push(opened);
        term = instantiate(term.body, opened.local);
        break;
      }
      case 'let':
        term = which === 0 ? term.type : which === 1 ? term.value : instantiate(term.body, term.value);
        break;
      case 'proj':
      case 'mdata':
        term = term.of;
        break;
      default:
        return undefined;
    }
  }
  return { locals, term };
}

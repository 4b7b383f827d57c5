import { childrenOf } from '../../ir/expr-ops.js';
import type { Expr } from '../../ir/expr.js';
import { foldLevel, type LevelFold } from '../../ir/level-fold.js';
import type { Level } from '../../ir/level.js';
import { nameParts, type Name } from '../../ir/name.js';

/**
 * The numbered names, levels and expressions of an export: each is written once, behind its parts. Number 0 of the
 * names is the anonymous one, number 0 of the levels is zero; expressions start at 0.
 */
export class ExportTables {
  private readonly names = new Map<string, number>();
  private readonly levels = new Map<string, number>();
  private readonly exprs = new Map<string, number>();
  /** Finished trees by identity, so that shared ones are walked once. */
  private readonly seen = new Map<Expr, number>();
  /** Parts of the current declaration that the format has no form for. */
  readonly odd = new Set<string>();

  /** `write` gets each line, without its end. */
  constructor(private readonly write: (line: string) => void) {}

  line(value: object): void {
    this.write(JSON.stringify(value));
  }

  name(name: Name): number {
    let index = 0;
    for (const part of nameParts(name)) {
      const value =
        typeof part === 'number' ? { num: { pre: index, i: part } } : { str: { pre: index, str: part } };
      index = this.number(this.names, 'in', 1, value);
    }
    return index;
  }

  level(level: Level): number {
    return foldLevel(level, this.numberedLevel).number;
  }

  private readonly numberedLevel: LevelFold<{ readonly number: number }> = {
    leaf: (level) => {
      if (level.kind === 'param') return this.levelLine({ param: this.name(level.name) });
      if (level.kind === 'mvar') this.odd.add('a level metavariable');
      return { number: 0 };
    },
    succ: (of) => this.levelLine({ succ: of.number }),
    branch: (left, right, { kind }) => this.levelLine({ [kind]: [left.number, right.number] }),
  };

  private levelLine(value: object): { readonly number: number } {
    return { number: this.number(this.levels, 'il', 1, value) };
  }

  expr(expr: Expr): number {
    const known = this.seen.get(expr);
    if (known !== undefined) return known;
    // Parts first, and without recursion: what comes from an environment may be nested as deep as it likes.
    const open = [expr];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const missing = childrenOf(top).filter((child) => !this.seen.has(child));
      if (missing.length > 0) open.push(...missing.reverse());
      else {
        open.pop();
        this.numbered(top);
      }
    }
    return this.numbered(expr);
  }

  /** The number of an expression whose parts are written. */
  private numbered(expr: Expr): number {
    const known = this.seen.get(expr);
    if (known !== undefined) return known;
    const index = this.number(this.exprs, 'ie', 0, this.node(expr));
    this.seen.set(expr, index);
    return index;
  }

  private node(expr: Expr): object {
    switch (expr.kind) {
      case 'bvar':
        return { bvar: expr.index };
      case 'fvar':
      case 'mvar':
        // The format has closed terms only; a constant of an unlikely name keeps the tree readable.
        this.odd.add(expr.kind === 'fvar' ? 'a free variable' : 'a metavariable');
        return { const: { name: this.name(`_${expr.kind}.${expr.name}`), us: [] } };
      case 'sort':
        return { sort: this.level(expr.level) };
      case 'const':
        return { const: { name: this.name(expr.name), us: expr.levels.map((level) => this.level(level)) } };
      case 'app':
        return { app: { fn: this.expr(expr.fn), arg: this.expr(expr.arg) } };
      case 'lambda':
      case 'pi': {
        const body = {
          name: this.name(expr.name),
          type: this.expr(expr.type),
          body: this.expr(expr.body),
          binderInfo: expr.info,
        };
        return expr.kind === 'pi' ? { forallE: body } : { lam: body };
      }
      case 'let':
        return {
          letE: {
            name: this.name(expr.name),
            type: this.expr(expr.type),
            value: this.expr(expr.value),
            body: this.expr(expr.body),
            nondep: false,
          },
        };
      case 'nat':
        return { natVal: String(expr.value) };
      case 'string':
        return { strVal: expr.value };
      case 'proj':
        return { proj: { typeName: this.name(expr.structure), idx: expr.index, struct: this.expr(expr.of) } };
      case 'mdata':
        return { mdata: { expr: this.expr(expr.of), data: {} } };
    }
  }

  private number(table: Map<string, number>, key: string, first: number, value: object): number {
    const text = JSON.stringify(value);
    const known = table.get(text);
    if (known !== undefined) return known;
    const index = table.size + first;
    table.set(text, index);
    this.line({ ...value, [key]: index });
    return index;
  }
}

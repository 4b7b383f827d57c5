import { foreignLimits } from './codec.js';
import { safeties, type Declaration, type Definition, type Inductive, type Safety } from './declaration.js';
import * as expr from './expr.js';
import { binderInfos, type BinderInfo, type Expr } from './expr.js';
import { branch, levelMvar, param, succ, zero, type Level } from './level.js';

/** Thrown for a value that is no tree; says where and why. */
export class MalformedTree extends Error {
  override readonly name = 'MalformedTree';
}

/**
 * A declaration out of a value that somebody else made: every field is looked at, and nodes are built anew, so that
 * their derived fields (hash, size, loose range) are right. Shared nodes stay shared. Throws MalformedTree.
 */
export function declarationFrom(value: unknown): Declaration {
  return new TreeReader().declaration(value);
}

type Fields = Partial<Record<string, unknown>>;

class TreeReader {
  /** Finished nodes; null while a node is being read, which tells a circle. */
  private readonly known = new Map<object, Expr | null>();
  /** A circle of levels is deeper than any limit. */
  private readonly levels = new Map<object, Level>();

  declaration(value: unknown): Declaration {
    const fields = this.object(value, 'a declaration');
    switch (fields['kind']) {
      case 'axiom':
        return { kind: 'axiom', ...this.typed(fields), unsafe: this.flag(fields, 'unsafe') };
      case 'definition':
        return this.definition(fields);
      case 'theorem':
        return { kind: 'theorem', ...this.typed(fields), value: this.expr(fields['value'], 0) };
      case 'opaque':
        return {
          kind: 'opaque',
          ...this.typed(fields),
          value: this.expr(fields['value'], 0),
          unsafe: this.flag(fields, 'unsafe'),
        };
      case 'inductive':
        return this.inductive(fields);
      case 'bare quotient':
        return {
          kind: 'bare quotient',
          equality: this.inductive(this.object(fields['equality'], 'an inductive declaration')),
        };
      case 'mutual':
        return {
          kind: 'mutual',
          definitions: this.list(fields, 'definitions').map((definition) =>
            this.definition(this.object(definition, 'a definition')),
          ),
        };
      case 'quotient':
        return { kind: 'quotient' };
      default:
        throw new MalformedTree(`a declaration of kind ${show(fields['kind'])}`);
    }
  }

  private inductive(fields: Fields): Inductive {
    return {
      kind: 'inductive',
      levelParams: this.list(fields, 'levelParams').map((name) => this.text(name)),
      parameters: this.count(fields['parameters']),
      unsafe: this.flag(fields, 'unsafe'),
      types: this.list(fields, 'types').map((type) => this.inductiveType(type)),
    };
  }

  private definition(fields: Fields): Definition {
    const { hint, safety } = fields;
    if (hint !== 'opaque' && hint !== 'abbreviation') this.count(hint);
    if (!safeties.includes(safety as Safety)) throw new MalformedTree(`safety ${show(safety)}`);
    return {
      kind: 'definition',
      ...this.typed(fields),
      value: this.expr(fields['value'], 0),
      hint: hint as Definition['hint'],
      safety: safety as Safety,
    };
  }

  private inductiveType(value: unknown): {
    name: string;
    type: Expr;
    constructors: { name: string; type: Expr }[];
  } {
    const fields = this.object(value, 'an inductive type');
    const constructors = this.list(fields, 'constructors').map((constructor) => {
      const { name, type } = this.object(constructor, 'a constructor');
      return { name: this.text(name), type: this.expr(type, 0) };
    });
    return { name: this.text(fields['name']), type: this.expr(fields['type'], 0), constructors };
  }

  private typed(fields: Fields): { name: string; levelParams: string[]; type: Expr } {
    const levelParams = this.list(fields, 'levelParams').map((name) => this.text(name));
    return { name: this.text(fields['name']), levelParams, type: this.expr(fields['type'], 0) };
  }

  private expr(value: unknown, depth: number): Expr {
    const fields = this.object(value, 'an expression');
    const finished = this.known.get(fields);
    if (finished === null) throw new MalformedTree('an expression that contains itself');
    if (finished !== undefined) return finished;
    if (depth > foreignLimits.exprDepth)
      throw new MalformedTree(`an expression nested deeper than ${foreignLimits.exprDepth}`);
    this.known.set(fields, null);
    const built = this.node(fields, depth + 1);
    this.known.set(fields, built);
    return built;
  }

  private node(fields: Fields, depth: number): Expr {
    const sub = (name: string): Expr => this.expr(fields[name], depth);
    switch (fields['kind']) {
      case 'bvar':
        return expr.bvar(this.count(fields['index']));
      case 'fvar':
        return expr.fvar(this.text(fields['name']));
      case 'mvar':
        return expr.mvar(this.text(fields['name']));
      case 'sort':
        return expr.sort(this.level(fields['level'], 0));
      case 'const': {
        const levels = this.list(fields, 'levels').map((level) => this.level(level, 0));
        return expr.constant(this.text(fields['name']), levels);
      }
      case 'app':
        return expr.app(sub('fn'), sub('arg'));
      case 'lambda':
      case 'pi': {
        const info = fields['info'] as BinderInfo;
        if (!binderInfos.includes(info)) throw new MalformedTree(`binder info ${show(info)}`);
        return expr.binder(fields['kind'], this.text(fields['name']), sub('type'), sub('body'), info);
      }
      case 'let':
        return expr.letIn(this.text(fields['name']), sub('type'), sub('value'), sub('body'));
      case 'nat': {
        const { value } = fields;
        if (typeof value !== 'bigint' || value < 0n) throw new MalformedTree(`number ${show(value)}`);
        return expr.nat(value);
      }
      case 'string':
        return expr.string(this.text(fields['value']));
      case 'proj':
        return expr.proj(this.text(fields['structure']), this.count(fields['index']), sub('of'));
      case 'mdata':
        return expr.mdata(sub('of'));
      default:
        throw new MalformedTree(`an expression of kind ${show(fields['kind'])}`);
    }
  }

  private level(value: unknown, depth: number): Level {
    const fields = this.object(value, 'a level');
    const finished = this.levels.get(fields);
    if (finished !== undefined) return finished;
    if (depth > foreignLimits.levelDepth)
      throw new MalformedTree(`a level nested deeper than ${foreignLimits.levelDepth}`);
    const built = this.levelOf(fields, depth);
    this.levels.set(fields, built);
    return built;
  }

  private levelOf(fields: Fields, depth: number): Level {
    switch (fields['kind']) {
      case 'zero':
        return zero;
      case 'succ':
        return succ(this.level(fields['of'], depth + 1));
      case 'max':
      case 'imax': {
        const left = this.level(fields['left'], depth + 1);
        return branch(fields['kind'], left, this.level(fields['right'], depth + 1));
      }
      case 'param':
        return param(this.text(fields['name']));
      case 'mvar':
        return levelMvar(this.text(fields['name']));
      default:
        throw new MalformedTree(`a level of kind ${show(fields['kind'])}`);
    }
  }

  private object(value: unknown, what: string): Fields {
    if (typeof value !== 'object' || value === null) throw new MalformedTree(`${what}: ${show(value)}`);
    return value;
  }

  private list(fields: Fields, name: string): readonly unknown[] {
    const value = fields[name];
    if (!Array.isArray(value)) throw new MalformedTree(`${name}: ${show(value)}, expected a list`);
    return value;
  }

  private text(value: unknown): string {
    if (typeof value !== 'string') throw new MalformedTree(`${show(value)}, expected a text`);
    return value;
  }

  private count(value: unknown): number {
    if (Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31) return Number(value);
    throw new MalformedTree(`${show(value)}, expected a number from 0`);
  }

  private flag(fields: Fields, name: string): boolean {
    const value = fields[name];
    if (typeof value !== 'boolean')
      throw new MalformedTree(`${name}: ${show(value)}, expected true or false`);
    return value;
  }
}

function show(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  return typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : `a value of type ${typeof value}`;
}

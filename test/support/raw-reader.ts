/** Reads raw Lean files back, by nothing but their words: a second opinion on what such a file says. */
import type { Declaration, Definition, Safety } from '../../src/ir/declaration.js';
import {
  apply,
  binder,
  bvar,
  constant,
  fvar,
  letIn,
  mdata,
  mvar,
  nat,
  proj,
  sort,
  string,
  type BinderInfo,
  type Expr,
} from '../../src/ir/expr.js';
import { imax, levelOf, max, param, succ, type Level } from '../../src/ir/level.js';
import { child, type Name } from '../../src/ir/name.js';

type Value = { readonly head: string; readonly args: readonly Value[] } | readonly Value[] | Fields;
interface Fields {
  readonly fields: ReadonlyMap<string, Value>;
}

/** The declarations of a file, in the order in which they are given to the kernel. */
export function readRaw(text: string): Declaration[] {
  const made = new Map<string, Declaration>();
  for (const [, name = '', body = ''] of text.matchAll(
    /^def (\w+) : Declaration :=\n(.*?)(?=\nrun_cmd liftCoreM)/gms,
  ))
    made.set(name, new Reader(body).declaration());
  const given = text.matchAll(/^run_cmd liftCoreM \(addDecl (\w+)\)$|^ +let bare ← .*addDecl \{\} (\w+)$/gm);
  return [...given].map(([, name, equality]) => {
    const one = made.get(name ?? equality ?? '') ?? fail(String(name));
    if (equality === undefined) return one;
    return one.kind === 'inductive' ? { kind: 'bare quotient', equality: one } : fail(equality);
  });
}

function fail(what: string): never {
  throw new Error(`unreadable: ${what}`);
}

const token = /"(?:\\.|[^"\\])*"|`(?:«[^»]*»|[^\s()[\]{},«])+|#\[|:=|[()[\]{},:]|[^\s()[\]{},:"`]+/gu;

class Reader {
  private readonly tokens: string[];
  private at = 0;
  private readonly terms = new Map<string, Expr>();

  constructor(text: string) {
    this.tokens = text.match(token) ?? [];
  }

  declaration(): Declaration {
    while (this.tokens[this.at] === 'let') {
      const name = this.tokens[this.at + 1] ?? '';
      this.at += 5; // let x : Expr :=
      this.terms.set(name, this.expr(this.value()));
    }
    return declarationOf(this.value(), (value) => this.expr(value));
  }

  /** A head with all arguments up to something that ends them. */
  private value(): Value {
    const first = this.atom();
    const args: Value[] = [];
    for (let next = this.tokens[this.at]; next !== undefined; next = this.tokens[this.at]) {
      if ([',', ')', ']', '}', 'let'].includes(next)) break;
      // The next line of a chain of names begins the declaration.
      if (/^\.\w+Decl$/.test(next)) break;
      args.push(this.atom());
    }
    return args.length === 0 ? first : { head: headOf(first), args };
  }

  private atom(): Value {
    const next = this.tokens[this.at++] ?? fail('the end');
    if (next === '(') return this.until(')')[0] ?? fail('()');
    if (next === '[' || next === '#[') return this.until(']');
    if (next !== '{') return { head: next, args: [] };
    const fields = new Map<string, Value>();
    while (this.tokens[this.at] !== '}') {
      const name = this.tokens[this.at] ?? fail('a field');
      this.at += 2;
      fields.set(name, this.value());
      if (this.tokens[this.at] === ',') this.at++;
    }
    this.at++;
    return { fields };
  }

  private until(close: string): Value[] {
    const items: Value[] = [];
    while (this.tokens[this.at] !== close) {
      items.push(this.value());
      if (this.tokens[this.at] === ',') this.at++;
    }
    this.at++;
    return items;
  }

  private expr(value: Value): Expr {
    const { head, args } = called(value);
    const [a, b, c, d] = args;
    const of = (at: Value | undefined): Expr => this.expr(at ?? fail(head));
    const info = (at: Value | undefined): BinderInfo => headOf(at).slice(1) as BinderInfo;
    switch (head) {
      case '.bvar':
        return bvar(Number(headOf(a)));
      case '.fvar':
        return fvar(nameOf(fieldsOf(a).get('name')));
      case '.mvar':
        return mvar(nameOf(fieldsOf(a).get('name')));
      case '.sort':
        return sort(levelIn(a));
      case '.const':
        return constant(nameOf(a), listOf(b).map(levelIn));
      case '.app':
        return apply(of(a), of(b));
      case 'mkAppN':
        return listOf(b).reduce((fn: Expr, arg) => apply(fn, this.expr(arg)), of(a));
      case '.lam':
        return binder('lambda', nameOf(a), of(b), of(c), info(d));
      case '.forallE':
        return binder('pi', nameOf(a), of(b), of(c), info(d));
      case '.letE':
        return letIn(nameOf(a), of(b), of(c), of(d));
      case '.lit':
        return literal(called(a));
      case '.proj':
        return proj(nameOf(a), Number(headOf(b)), of(c));
      case '.mdata':
        return mdata(of(b));
      default:
        return this.terms.get(head) ?? fail(head);
    }
  }
}

function literal({ head, args: [value] }: { head: string; args: readonly Value[] }): Expr {
  if (head === '.natVal') return nat(BigInt(headOf(value)));
  return head === '.strVal' ? string(textOf(value)) : fail(head);
}

function declarationOf(value: Value, expr: (value: Value) => Expr): Declaration {
  const { head, args } = called(value);
  const [first, parameters, types, flag] = args;
  const valued = (fields: ReadonlyMap<string, Value>) => ({
    name: nameOf(fields.get('name')),
    levelParams: listOf(fields.get('levelParams')).map(nameOf),
    type: expr(fields.get('type') ?? fail('type')),
  });
  const valueIn = (fields: ReadonlyMap<string, Value>): Expr => expr(fields.get('value') ?? fail('value'));
  const unsafeIn = (fields: ReadonlyMap<string, Value>): boolean => headOf(fields.get('isUnsafe')) === 'true';
  const definition = (of: Value | undefined): Definition => {
    const fields = fieldsOf(of);
    const hint = called(fields.get('hints'));
    const height = Number(headOf(hint.args[0] ?? { head: '0', args: [] }));
    return {
      ...{ kind: 'definition', ...valued(fields), value: valueIn(fields) },
      hint: hint.head === '.regular' ? height : hint.head === '.abbrev' ? 'abbreviation' : 'opaque',
      safety: headOf(fields.get('safety')).slice(1) as Safety,
    };
  };
  switch (head) {
    case '.axiomDecl':
      return { kind: 'axiom', ...valued(fieldsOf(first)), unsafe: unsafeIn(fieldsOf(first)) };
    case '.defnDecl':
      return definition(first);
    case '.thmDecl':
      return { kind: 'theorem', ...valued(fieldsOf(first)), value: valueIn(fieldsOf(first)) };
    case '.opaqueDecl': {
      const fields = fieldsOf(first);
      return { kind: 'opaque', ...valued(fields), value: valueIn(fields), unsafe: unsafeIn(fields) };
    }
    case '.mutualDefnDecl':
      return { kind: 'mutual', definitions: listOf(first).map(definition) };
    case '.quotDecl':
      return { kind: 'quotient' };
    case '.inductDecl':
      return {
        ...{ kind: 'inductive', levelParams: listOf(first).map(nameOf), unsafe: headOf(flag) === 'true' },
        parameters: Number(headOf(parameters)),
        types: listOf(types).map((type) => ({
          ...typed(fieldsOf(type)),
          constructors: listOf(fieldsOf(type).get('ctors')).map((one) => typed(fieldsOf(one))),
        })),
      };
    default:
      return fail(head);
  }
  function typed(fields: ReadonlyMap<string, Value>): { name: Name; type: Expr } {
    return { name: nameOf(fields.get('name')), type: expr(fields.get('type') ?? fail('type')) };
  }
}

function levelIn(value: Value | undefined): Level {
  const { head, args } = called(value);
  const [a, b] = args;
  if (/^\d+$/.test(head)) return levelOf(Number(head));
  switch (head) {
    case '.succ':
      return succ(levelIn(a));
    case '.addOffset':
      return succ(levelIn(a), Number(headOf(b)));
    case '.max':
      return max(levelIn(a), levelIn(b));
    case '.imax':
      return imax(levelIn(a), levelIn(b));
    case '.param':
      return param(nameOf(a));
    case '.mvar':
      return { kind: 'mvar', name: nameOf(fieldsOf(a).get('name')) };
    default:
      return fail(head);
  }
}

function nameOf(value: Value | undefined): Name {
  const { head, args } = called(value);
  if (head.startsWith('`'))
    return [...head.slice(1).matchAll(/«([^»]*)»|[^.«»]+/gu)].reduce<Name>(
      (parent, [plain, inQuotes]) => child(parent, inQuotes ?? plain),
      '',
    );
  if (head === '.anonymous') return '';
  const last = args[1];
  return child(nameOf(args[0]), head === '.num' ? Number(headOf(last)) : textOf(last));
}

function textOf(value: Value | undefined): string {
  // Lean's escapes are those of JSON, as far as a raw file has them.
  return JSON.parse(headOf(value)) as string;
}

function called(value: Value | undefined): { head: string; args: readonly Value[] } {
  return value !== undefined && 'head' in value ? value : fail('a list or fields');
}
function headOf(value: Value | undefined): string {
  return called(value).head;
}
function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : fail('no list');
}
function fieldsOf(value: Value | undefined): ReadonlyMap<string, Value> {
  return value !== undefined && 'fields' in value ? value.fields : fail('no fields');
}

import {
  app,
  binder,
  binderInfos,
  bvar,
  constant,
  letIn,
  mdata,
  nat,
  proj,
  sort,
  string,
  type Expr,
} from '../../ir/expr.js';
import { imax, max, param, succ, zero, type Level } from '../../ir/level.js';
import { anonymous, child, type Name } from '../../ir/name.js';
import {
  booleanIn,
  expectKeys,
  fieldsOf,
  numberIn,
  numbersIn,
  textIn,
  wordIn,
  type Fields,
} from './fields.js';
import { IndexedTable } from './indexed-table.js';
import { malformed, tooMuch } from './problem.js';

/** Digits of a number that are still read. */
const maxDigits = 100_000;
/** The largest number in a name: what a name's text is read back as. */
const maxNumberInName = 10 ** 15 - 1;
/** Length of a name, and of all long ones together: each is a text of its own, whatever it shares with others. */
const maxNameLength = 1 << 16;
const longName = 1 << 10;
const maxLongNames = 1 << 26;

const nameKinds = ['str', 'num'];
const levelKinds = ['succ', 'max', 'imax', 'param'];
const exprKinds = [
  ...['bvar', 'sort', 'const', 'app', 'lam', 'forallE'],
  ...['letE', 'proj', 'natVal', 'strVal', 'mdata'],
];

/**
 * The names, levels and expressions of a file by number. Each is built from what stands before it, so that nothing
 * here is deep or circular; numbers may leave gaps and come in any order.
 */
export class ImportTables {
  private readonly names = new IndexedTable<Name>('name');
  private readonly levels = new IndexedTable<Level>('level');
  private readonly exprs = new IndexedTable<Expr>('expression');

  /** Length of all long names so far. */
  private longNames = 0;

  constructor() {
    this.names.set(0, anonymous);
    this.levels.set(0, zero);
  }

  /** Takes a line that defines a name, a level or an expression; false for another line. */
  take(line: Fields): boolean {
    if (Object.hasOwn(line, 'in')) this.names.set(numberIn(line, 'in', 'name'), this.readName(line));
    else if (Object.hasOwn(line, 'il')) this.levels.set(numberIn(line, 'il', 'level'), this.readLevel(line));
    else if (Object.hasOwn(line, 'ie'))
      this.exprs.set(numberIn(line, 'ie', 'expression'), this.readExpr(line));
    else return false;
    return true;
  }

  name(fields: Fields, key: string, what: string): Name {
    return this.names.get(numberIn(fields, key, what));
  }
  nameList(fields: Fields, key: string, what: string): Name[] {
    return numbersIn(fields, key, what).map((index) => this.names.get(index));
  }
  expr(fields: Fields, key: string, what: string): Expr {
    return this.exprs.get(numberIn(fields, key, what));
  }
  private level(fields: Fields, key: string, what: string): Level {
    return this.levels.get(numberIn(fields, key, what));
  }

  private readName(line: Fields): Name {
    const kind = kindOf(line, 'in', nameKinds, 'name');
    const part = fieldsOf(line[kind], `name, ${kind}`);
    expectKeys(part, `name, ${kind}`, kind === 'str' ? ['pre', 'str'] : ['pre', 'i']);
    const before = this.name(part, 'pre', 'name');
    if (kind === 'num') {
      const number = numberIn(part, 'i', 'name');
      if (number > maxNumberInName) throw tooMuch('a number of more than 15 digits in a name');
      return this.bounded(child(before, number));
    }
    const text = textIn(part, 'str', 'name');
    if (text.includes('»')) throw tooMuch('a name with » in it');
    return this.bounded(child(before, text));
  }

  private bounded(name: Name): Name {
    if (name.length > maxNameLength) throw tooMuch(`a name of more than ${maxNameLength} characters`);
    if (name.length > longName) this.longNames += name.length;
    if (this.longNames > maxLongNames)
      throw tooMuch(`long names of more than ${maxLongNames} characters in all`);
    return name;
  }

  private readLevel(line: Fields): Level {
    const kind = kindOf(line, 'il', levelKinds, 'level');
    switch (kind) {
      case 'succ':
        return succ(this.level(line, kind, 'level'));
      case 'param':
        return param(this.name(line, kind, 'level'));
      default: {
        const sides = numbersIn(line, kind, 'level').map((index) => this.levels.get(index));
        const [left, right] = sides;
        if (left === undefined || right === undefined || sides.length !== 2)
          throw malformed(`level, ${kind}: got ${sides.length} levels, expected 2`);
        return kind === 'max' ? max(left, right) : imax(left, right);
      }
    }
  }

  private readExpr(line: Fields): Expr {
    const kind = kindOf(line, 'ie', exprKinds, 'expression');
    switch (kind) {
      case 'bvar':
        return bvar(numberIn(line, kind, kind));
      case 'sort':
        return sort(this.level(line, kind, kind));
      case 'natVal':
        return nat(numeral(textIn(line, kind, kind)));
      case 'strVal':
        return string(textIn(line, kind, kind));
      default:
        return this.readNode(kind, fieldsOf(line[kind], kind));
    }
  }

  private readNode(kind: string, fields: Fields): Expr {
    const expr = (key: string): Expr => this.expr(fields, key, kind);
    switch (kind) {
      case 'const':
        expectKeys(fields, kind, ['name', 'us']);
        return constant(
          this.name(fields, 'name', kind),
          numbersIn(fields, 'us', kind).map((index) => this.levels.get(index)),
        );
      case 'app':
        expectKeys(fields, kind, ['fn', 'arg']);
        return app(expr('fn'), expr('arg'));
      case 'lam':
      case 'forallE': {
        expectKeys(fields, kind, ['name', 'type', 'body', 'binderInfo']);
        const info = wordIn(fields, 'binderInfo', kind, binderInfos);
        const name = this.name(fields, 'name', kind);
        return binder(kind === 'lam' ? 'lambda' : 'pi', name, expr('type'), expr('body'), info);
      }
      case 'letE':
        expectKeys(fields, kind, ['name', 'type', 'value', 'body', 'nondep']);
        booleanIn(fields, 'nondep', kind);
        return letIn(this.name(fields, 'name', kind), expr('type'), expr('value'), expr('body'));
      case 'proj':
        expectKeys(fields, kind, ['typeName', 'idx', 'struct']);
        return proj(this.name(fields, 'typeName', kind), numberIn(fields, 'idx', kind), expr('struct'));
      default:
        expectKeys(fields, kind, ['expr', 'data']);
        return mdata(expr('expr'));
    }
  }
}

/** Which of some kinds a line is of: its one key beside the number. */
function kindOf(line: Fields, numberKey: string, kinds: readonly string[], what: string): string {
  const [kind, another] = Object.keys(line).filter((key) => key !== numberKey);
  if (kind !== undefined && another === undefined && kinds.includes(kind)) return kind;
  expectKeys(line, what, [numberKey], kinds);
  throw malformed(
    `${what}: got ${kind === undefined ? 'none' : 'several'} of ${kinds.join(', ')}, expected one`,
  );
}

function numeral(text: string): bigint {
  if (!/^\d+$/.test(text)) throw malformed('natVal: expected decimal digits');
  if (text.length > maxDigits) throw tooMuch(`a number of ${text.length} digits`);
  return BigInt(text);
}

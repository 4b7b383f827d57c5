/** Readable names of C++ functions: the part of the Itanium C++ ABI's mangling that Lean's libraries use. */

/**
 * A function's name as C++ writes it, with the types of its parameters; undefined where the symbol is mangled
 * otherwise.
 */
export function demangle(symbol: string): string | undefined {
  if (!symbol.startsWith('_Z')) return undefined;
  try {
    return new Demangler(symbol.slice(2)).encoding();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** The name without parameters, template arguments and `lean::`; what a lambda is part of stands in front of it. */
export function shortName(demangled: string): string {
  const inner = /^std::__1::__function::__func<(.*)::(?:\$_\d+|\{lambda[^<>]*\}), /.exec(demangled)?.[1];
  if (inner !== undefined) return `${shortName(inner)}::lambda`;
  return withoutBrackets(demangled)
    .replace(/ const(?=::)/g, '')
    .replace(/^.* (?=\S+$)/, '')
    .replaceAll('lean::', '')
    .replace(/::(?:\$_\d+|\{lambda[^}]*\})/g, '::lambda')
    .replace(/::operator$/, '');
}

/** The text without what stands in brackets of any kind, and without what follows the parameters. */
function withoutBrackets(text: string): string {
  let depth = 0;
  let out = '';
  for (const letter of text.replaceAll('operator()', 'operator').replace(/ const$/, '')) {
    if (letter === '<' || letter === '(' || letter === '[') depth++;
    if (depth === 0) out += letter;
    if (letter === '>' || letter === ')' || letter === ']') depth--;
  }
  return out;
}

class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

const builtins: Readonly<Record<string, string>> = {
  ...{ v: 'void', w: 'wchar_t', b: 'bool', c: 'char', a: 'signed char', h: 'unsigned char', s: 'short' },
  ...{ t: 'unsigned short', i: 'int', j: 'unsigned int', l: 'long', m: 'unsigned long', x: 'long long' },
  ...{ y: 'unsigned long long', n: '__int128', o: 'unsigned __int128', f: 'float', d: 'double', z: '...' },
};
const standard: Readonly<Record<string, string>> = {
  ...{ t: 'std', a: 'std::allocator', b: 'std::basic_string', s: 'std::string' },
  ...{ i: 'std::istream', o: 'std::ostream', d: 'std::iostream' },
};
const operators: Readonly<Record<string, string>> = {
  ...{ cl: '()', eq: '==', ne: '!=', lt: '<', gt: '>', le: '<=', ge: '>=', aS: '=', ls: '<<', rs: '>>' },
  ...{ pl: '+', mi: '-', ml: '*', de: '*', ad: '&', ix: '[]', pt: '->', nw: ' new', dl: ' delete' },
  ...{ nt: '!', pp: '++', mm: '--', pL: '+=', mI: '-=', dv: '/', rm: '%', na: ' new[]', da: ' delete[]' },
};

class Demangler {
  private at = 0;
  private readonly known: string[] = [];

  constructor(private readonly text: string) {}

  encoding(): string {
    const { name, isTemplate, suffix } = this.name();
    if (this.at >= this.text.length || this.peek('E') || this.peek('.')) return name;
    // An instance of a template says what it returns.
    const result = isTemplate ? `${this.type()} ` : '';
    const parameters: string[] = [];
    while (this.at < this.text.length && !this.peek('E') && !this.peek('.')) parameters.push(this.type());
    return `${result}${name}(${parameters.join() === 'void' ? '' : parameters.join(', ')})${suffix}`;
  }

  private name(): { name: string; isTemplate: boolean; suffix: string } {
    if (this.take('N')) return this.nested();
    if (this.take('Z')) {
      const outer = this.encoding();
      this.expect('E');
      if (this.take('s')) return { name: `${outer}::text`, isTemplate: false, suffix: '' };
      const inner = this.name();
      if (this.take('_')) this.digits();
      return { ...inner, name: `${outer}::${inner.name}` };
    }
    let name: string;
    if (this.peek('S') && !this.peek('St')) name = this.substitution();
    else {
      const prefix = this.take('St') ? 'std::' : '';
      name = prefix + this.unqualified('');
      if (this.peek('I')) this.known.push(name);
    }
    if (!this.peek('I')) return { name, isTemplate: false, suffix: '' };
    return { name: name + this.templateArguments(), isTemplate: true, suffix: '' };
  }

  private nested(): { name: string; isTemplate: boolean; suffix: string } {
    let suffix = '';
    for (;;) {
      if (this.take('K')) suffix = ' const';
      else if (!this.take('V') && !this.take('R') && !this.take('O')) break;
    }
    let [name, last, isTemplate] = ['', '', false];
    for (let parts = 0; !this.take('E'); parts++) {
      if (this.peek('I')) {
        name += this.templateArguments();
        isTemplate = true;
      } else {
        const isKnown = this.peek('S');
        const part = isKnown
          ? this.substitution()
          : this.peek('T')
            ? this.templateParameter()
            : this.unqualified(last);
        name = name === '' ? part : `${name}::${part}`;
        last = part.replace(/<.*$/, '').replace(/^.*::/, '');
        isTemplate = false;
        if (isKnown) continue;
      }
      if (!this.peek('E')) this.known.push(name);
    }
    return { name, isTemplate, suffix };
  }

  private unqualified(last: string): string {
    this.take('L');
    let name: string;
    if (/\d/.test(this.text[this.at] ?? '')) name = this.sourceName();
    else if (this.take('C')) {
      this.digits();
      name = last;
    } else if (this.peek('D') && /^D\d/.test(this.text.slice(this.at, this.at + 2))) {
      this.at += 2;
      name = `~${last}`;
    } else if (this.take('Ul')) {
      const parameters: string[] = [];
      while (!this.take('E')) parameters.push(this.type());
      const number = this.digits();
      this.expect('_');
      name = `{lambda(${parameters.join() === 'void' ? '' : parameters.join(', ')})#${Number(number || '-1') + 2}}`;
    } else if (this.take('cv')) name = `operator ${this.type()}`;
    else {
      const operator = operators[this.text.slice(this.at, this.at + 2)];
      if (operator === undefined) throw new Unreadable();
      this.at += 2;
      name = `operator${operator}`;
    }
    while (this.take('B')) this.sourceName();
    return name;
  }

  private sourceName(): string {
    const length = Number(this.digits());
    if (!(length > 0) || this.at + length > this.text.length) throw new Unreadable();
    this.at += length;
    return this.text.slice(this.at - length, this.at);
  }

  private type(): string {
    const letter = this.text[this.at] ?? '';
    const builtin = builtins[letter];
    if (builtin !== undefined) {
      this.at++;
      return builtin;
    }
    if (this.take('Dn')) return 'nullptr';
    if (this.take('Dp')) return this.type();
    const made = this.madeType(letter);
    if (made !== undefined) this.known.push(made);
    return made ?? this.namedType();
  }

  /** A type that is built from another one; undefined for a name. */
  private madeType(letter: string): string | undefined {
    const marks: Readonly<Record<string, string>> = { P: '*', R: '&', O: '&&', K: ' const', V: ' volatile' };
    const mark = marks[letter];
    if (mark !== undefined) {
      this.at++;
      const inner = this.type();
      const isFunction = inner.endsWith(')') && mark.length < 3;
      return isFunction ? inner.replace(/ \(/, ` (${mark})(`) : inner + mark;
    }
    if (this.take('F')) {
      const result = this.type();
      const parameters: string[] = [];
      while (!this.take('E')) parameters.push(this.type());
      return `${result} (${parameters.join() === 'void' ? '' : parameters.join(', ')})`;
    }
    if (this.take('A')) {
      const length = this.digits();
      this.expect('_');
      return `${this.type()} [${length}]`;
    }
    return this.peek('T') ? this.templateParameter() : undefined;
  }

  private namedType(): string {
    const isKnown = this.peek('S') && !this.peek('St');
    const { name, isTemplate } = this.name();
    if (!isKnown || isTemplate) this.known.push(name);
    return name;
  }

  private templateArguments(): string {
    this.expect('I');
    const parts: string[] = [];
    while (!this.take('E')) parts.push(...this.templateArgument());
    return `<${parts.join(', ')}>`;
  }

  private templateArgument(): string[] {
    if (this.take('J')) {
      const parts: string[] = [];
      while (!this.take('E')) parts.push(...this.templateArgument());
      return parts;
    }
    if (!this.take('L')) return [this.type()];
    if (this.take('_Z')) {
      const name = this.encoding();
      this.expect('E');
      return [name];
    }
    const type = this.type();
    const value = this.digits();
    this.expect('E');
    return [
      type === 'bool' ? (value === '1' ? 'true' : 'false') : value + (type === 'unsigned long' ? 'ul' : ''),
    ];
  }

  private templateParameter(): string {
    this.expect('T');
    const number = this.digits();
    this.expect('_');
    return `T${number}`;
  }

  private substitution(): string {
    this.expect('S');
    const letter = this.text[this.at] ?? '';
    const named = standard[letter];
    if (named !== undefined) {
      this.at++;
      return named;
    }
    const digits = /^[0-9A-Z]*/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += digits.length;
    this.expect('_');
    const known = this.known[digits === '' ? 0 : parseInt(digits, 36) + 1];
    if (known === undefined) throw new Unreadable();
    return known;
  }

  private digits(): string {
    const digits = /^\d*/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += digits.length;
    return digits;
  }

  private peek(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at += text.length;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new Unreadable();
  }
}

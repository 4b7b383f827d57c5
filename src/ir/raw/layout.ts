/** A Lean term as it is laid out: a word, an application, a list, or a structure's fields. */
export type Term =
  | string
  | { readonly kind: 'call'; readonly head: string; readonly args: readonly Term[] }
  | { readonly kind: 'list'; readonly open: '[' | '#['; readonly items: readonly Term[] }
  | { readonly kind: 'fields'; readonly fields: readonly (readonly [name: string, value: Term])[] };

export function call(head: string, ...args: readonly Term[]): Term {
  return args.length === 0 ? head : { kind: 'call', head, args };
}
export function list(items: readonly Term[], open: '[' | '#[' = '['): Term {
  return { kind: 'list', open, items };
}
export function fields(fields: readonly (readonly [string, Term])[]): Term {
  return { kind: 'fields', fields };
}

const columns = 100;

/** A term as lines behind `before`, which the first line begins with; the others are indented by `indent` and more. */
export function laidOut(term: Term, before: string, indent: number): string {
  return lines(term, before, '', indent, false).join('\n');
}

/** The lines of a term between what stands before and behind it. */
function lines(term: Term, before: string, behind: string, indent: number, isArgument: boolean): string[] {
  const room = columns - before.length - behind.length;
  const short = onOneLine(term, isArgument, room);
  if (short !== undefined) return [`${before}${short}${behind}`];
  if (typeof term === 'string') return [`${before}${term}${behind}`];
  const inner = indent + 2;
  const margin = ' '.repeat(inner);
  switch (term.kind) {
    case 'call': {
      const [open, close] = isArgument ? ['(', ')'] : ['', ''];
      const { line, rest } = headLine(term, `${before}${open}`);
      const [only] = rest;
      const isBracketed = rest.length === 1 && typeof only === 'object' && only.kind !== 'call';
      if (isBracketed) return lines(only, `${line} `, `${close}${behind}`, indent, true);
      const last = rest.length - 1;
      return [
        line,
        ...rest.flatMap((arg, at) => lines(arg, margin, at === last ? `${close}${behind}` : '', inner, true)),
      ];
    }
    case 'list': {
      const last = term.items.length - 1;
      return [
        `${before}${term.open}`,
        ...term.items.flatMap((item, at) =>
          lines(item, margin, at === last ? `]${behind}` : ',', inner, false),
        ),
      ];
    }
    case 'fields': {
      return [
        `${before}{`,
        ...term.fields.flatMap(([name, value]) => lines(value, `${margin}${name} := `, ',', inner, false)),
        `${' '.repeat(indent)}}${behind}`,
      ];
    }
  }
}

/** The head of an application with the arguments that have room beside it, and those that are left. */
function headLine(
  { head, args }: Exclude<Term, string> & { readonly kind: 'call' },
  before: string,
): { line: string; rest: readonly Term[] } {
  let line = `${before}${head}`;
  for (const [at, arg] of args.entries()) {
    // One that stands alone below the others would be overlooked.
    const text = at === args.length - 1 ? undefined : onOneLine(arg, true, columns - line.length - 1);
    if (text === undefined) return { line, rest: args.slice(at) };
    line += ` ${text}`;
  }
  return { line, rest: [] };
}

/** A term on one line; undefined where that has more characters than there is room for. */
function onOneLine(term: Term, isArgument: boolean, room: number): string | undefined {
  if (room <= 0) return undefined;
  if (typeof term === 'string') return term.length <= room ? term : undefined;
  const parts: string[] = [];
  let left = room;
  const add = (part: Term, asArgument: boolean): boolean => {
    const text = onOneLine(part, asArgument, left);
    if (text === undefined) return false;
    parts.push(text);
    left -= text.length + 1;
    return true;
  };
  const said = (): string => {
    switch (term.kind) {
      case 'call': {
        const text = [term.head, ...parts].join(' ');
        return isArgument ? `(${text})` : text;
      }
      case 'list':
        return `${term.open}${parts.join(', ')}]`;
      case 'fields':
        return `{ ${term.fields.map(([name], at) => `${name} := ${parts[at] ?? ''}`).join(', ')} }`;
    }
  };
  const fits =
    term.kind === 'call'
      ? term.args.every((arg) => add(arg, true))
      : term.kind === 'list'
        ? term.items.every((item) => add(item, false))
        : term.fields.every(([, value]) => add(value, false));
  const text = fits ? said() : undefined;
  return text !== undefined && text.length <= room ? text : undefined;
}

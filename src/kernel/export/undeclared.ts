import { anonymous, child, type Name } from '../../ir/name.js';

/** A line of an export, as far as it is looked at here. */
interface Line {
  readonly str?: { readonly pre: number; readonly str: string };
  readonly num?: { readonly pre: number; readonly i: number };
  readonly const?: { readonly name: number };
  readonly proj?: { readonly typeName: number };
  readonly natVal?: string;
  readonly strVal?: string;
  readonly ie?: number;
  readonly il?: number;
}
/** Content of a line that declares: one constant, or lists of those that come with an inductive type. */
type Declaring = Declared | Readonly<Record<string, readonly Declared[]>>;
interface Declared {
  readonly name: number;
}

/**
 * The constants that an export in the NDJSON format mentions and never declares, sorted: a checker that knows only the
 * export can not get past them. Literals mention the type that they are of.
 */
export function undeclaredIn(ndjson: string): Name[] {
  const names: Name[] = [anonymous];
  const nameAt = (index: number): Name => names[index] ?? anonymous;
  const [mentioned, declared] = [new Set<Name>(), new Set<Name>()];
  // The first line says what made the file.
  for (const text of ndjson.split('\n').slice(1)) {
    if (text === '') continue;
    const line = JSON.parse(text) as Line;
    if (line.str !== undefined) names.push(child(nameAt(line.str.pre), line.str.str));
    else if (line.num !== undefined) names.push(child(nameAt(line.num.pre), line.num.i));
    else if (line.const !== undefined) mentioned.add(nameAt(line.const.name));
    else if (line.proj !== undefined) mentioned.add(nameAt(line.proj.typeName));
    else if (line.natVal !== undefined) mentioned.add('Nat');
    else if (line.strVal !== undefined) mentioned.add('String');
    else if (line.ie === undefined && line.il === undefined)
      for (const part of Object.values(line) as Declaring[])
        for (const { name } of isOne(part) ? [part] : Object.values(part).flat()) declared.add(nameAt(name));
  }
  return [...mentioned].filter((name) => !declared.has(name)).sort();
}

function isOne(part: Declaring): part is Declared {
  return typeof part['name'] === 'number';
}

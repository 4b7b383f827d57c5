import { TextUnit } from '../../ir/unit/text-unit.js';
import { leanTextOf, type Unit } from '../../ir/unit/unit.js';
import { commandsOf, type Command } from './commands.js';
import { mask } from './mask.js';
import { Scopes } from './scopes.js';

/** Options in front of units from text, as in all source-level candidates: Lean's own default. */
export const textOptions = textUnit('options', 'set_option maxRecDepth 512', []);

/** Commands of a file that say nothing to a candidate: it always stands behind `import Init`. */
const dropped = new Set(['import', 'module', 'prelude']);

/**
 * Lean text as units, one a declaration or mutual block. Each carries the namespaces, sections and commands like
 * `open` and `variable` that it stood in, so that it can be moved, dropped and spliced alone.
 */
export function unitsOfText(text: string): TextUnit[] {
  const scopes = new Scopes();
  const units: TextUnit[] = [];
  for (const command of commandsOf(text)) {
    if (dropped.has(command.keyword) || scopes.take(command)) continue;
    const names = declaredIn(command).map((name) => absolute(scopes.prefix, name));
    units.push(
      textUnit(command.keyword === '' ? 'command' : command.keyword, scopes.wrap(command.text), names),
    );
  }
  return withUses(units);
}

/** A unit of text that nobody has described: its kind and names as its first command tells. */
export function unitOfText(text: string): TextUnit {
  const [first, ...more] = unitsOfText(text);
  if (first === undefined) return textUnit('command', text, []);
  const declares = [first, ...more].flatMap((unit) => unit.declares);
  return textUnit(first.kind, text, declares, first.uses);
}

/**
 * The units with what each uses of the ones before it. Text does not say for sure what a name means, so a unit is
 * taken to use everything whose last part it mentions: mutators then keep too much rather than too little.
 */
export function withUses<U extends Unit>(units: readonly U[]): U[] {
  const owners = new Map<string, Set<string>>();
  return units.map((unit) => {
    const words = mask(leanTextOf(unit) ?? '').match(/[\p{L}_][\p{L}\p{N}_'!?]*/gu) ?? [];
    const uses = new Set(words.flatMap((word) => [...(owners.get(word) ?? [])]));
    unit.declares.forEach((name) => uses.delete(name));
    for (const name of unit.declares) {
      const last = lastPart(name);
      owners.set(last, (owners.get(last) ?? new Set()).add(name));
    }
    return unit.with({ uses: [...uses] }) as U;
  });
}

function textUnit(
  kind: string,
  text: string,
  declares: readonly string[],
  uses: readonly string[] = [],
): TextUnit {
  return new TextUnit({ kind, declares, uses }, text);
}

const naming =
  /(?:^|\s)(?:def|theorem|lemma|abbrev|instance|opaque|axiom|alias|inductive|coinductive|structure|class(?:\s+inductive)?)\s+(?:\(priority[^)]*\)\s*)?((?:«[^»\n]*»|[\p{L}_][\p{L}\p{N}_'!?]*)(?:\.(?:«[^»\n]*»|[\p{L}\p{N}_'!?]+))*)/gu;

/** The names that a command gives: one, or each of a mutual block. */
function declaredIn({ keyword, masked }: Command): string[] {
  const names = [...masked.matchAll(naming)].map((match) => match[1] ?? '');
  if (keyword === 'deriving') return [];
  return keyword === 'mutual' ? names : names.slice(0, 1);
}

function absolute(prefix: string, name: string): string {
  return name.startsWith('_root_.') ? name.slice('_root_.'.length) : prefix + name;
}

function lastPart(name: string): string {
  return /[^.]*$/.exec(name)?.[0] ?? name;
}

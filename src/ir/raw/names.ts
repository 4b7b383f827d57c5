import { leanName, Unsayable } from '../print-expr.js';
import { child, nameParts, type Name } from '../name.js';
import type { Level } from '../level.js';
import { call, type Term } from './layout.js';

/** A name as a value of Lean: a literal where one can be written. */
export function nameTerm(name: Name): Term {
  try {
    return `\`${leanName(name)}`;
  } catch (error) {
    if (!(error instanceof Unsayable)) throw error;
  }
  const parts = nameParts(name);
  const last = parts.pop();
  if (last === undefined) return '.anonymous';
  const before = nameTerm(parts.reduce<Name>((parent, part) => child(parent, part), ''));
  return typeof last === 'number' ? call('.num', before, String(last)) : call('.str', before, quoted(last));
}

/** A level as a value of Lean. */
export function levelTerm(level: Level): Term {
  let offset = 0;
  let base = level;
  for (; base.kind === 'succ'; base = base.of) offset++;
  if (base.kind === 'zero') return String(offset);
  const term = baseTerm(base);
  if (offset === 0) return term;
  return offset === 1 ? call('.succ', term) : call('.addOffset', term, String(offset));
}

function baseTerm(level: Exclude<Level, { kind: 'zero' | 'succ' }>): Term {
  switch (level.kind) {
    case 'param':
      return call('.param', nameTerm(level.name));
    case 'mvar':
      return call('.mvar', identified(level.name));
    case 'max':
    case 'imax':
      return call(`.${level.kind}`, levelTerm(level.left), levelTerm(level.right));
  }
}

/** A name in the structure that tells free variables and metavariables from other names. */
export function identified(name: Name): Term {
  return { kind: 'fields', fields: [['name', nameTerm(name)]] };
}

/** A string literal. What can't be seen, or moves what is seen, is written as an escape. */
export function quoted(text: string): string {
  const escaped = text.replace(/[\\"]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => {
    if (one === '"' || one === '\\') return `\\${one}`;
    if (one === '\n') return '\\n';
    const code = one.codePointAt(0) ?? 0;
    // Lean's escapes have room for four digits.
    return code > 0xffff ? one : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

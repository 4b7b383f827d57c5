import { nameOf, nameParts, type Name } from '../../ir/name.js';

/** The first of u, u_1, u_2, ... that is not taken. */
export function freshLevelName(taken: readonly Name[]): Name {
  if (!taken.includes('u')) return 'u';
  for (let i = 1; ; i++) if (!taken.includes(`u_${i}`)) return `u_${i}`;
}

/** A minor premise is called as its constructor is behind its type's name; or in full, where that is no prefix. */
export function minorName(constructor: Name, type: Name): Name {
  const [whole, prefix] = [nameParts(constructor), nameParts(type)];
  return prefix.every((part, i) => part === whole[i]) ? nameOf(whole.slice(prefix.length)) : constructor;
}

/** A field's name with `_ih` behind its last part of text, before macro scopes. */
export function hypothesisName(field: Name): Name {
  const parts = nameParts(field);
  const scopes = parts.indexOf('_@');
  const own = scopes < 0 ? parts : parts.slice(0, scopes);
  const last = own.at(-1);
  const named = typeof last === 'string' ? [...own.slice(0, -1), `${last}_ih`] : [...own, '_ih'];
  return nameOf([...named, ...parts.slice(own.length)]);
}

import { levelOfType } from '../infer.js';
import type { OpenedBlock } from '../inductive/block.js';
import type { Typing } from '../typing.js';

/**
 * A type that may be a proposition eliminates into propositions only, unless its values say nothing that its type
 * does not say: no constructor, or one whose fields are all proofs or stand in the indices.
 */
export function eliminatesIntoAnything(t: Typing, block: OpenedBlock): boolean {
  if (t.rules.levels.neverZero(block.level, t)) return true;
  const [type, another] = block.types;
  if (type === undefined || another !== undefined) return false;
  const [constructor, second] = type.constructors;
  if (second !== undefined) return false;
  if (constructor === undefined) return true;
  return constructor.fields.every(
    (field) =>
      t.rules.levels.isProp(levelOfType(t, field.type, false), t) ||
      constructor.indices.some((index) => index.kind === 'fvar' && index.name === field.local.name),
  );
}

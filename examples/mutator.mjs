// A custom mutator for both levels: it puts numbers at the edges of machine words in place of others, where
// arithmetic of a kernel has to change from one representation to another.
// Try it: npx lean-fuzz --mutator examples/mutator.mjs --time 60s
import { defineMutator, ir } from 'lean-fuzz';

const edges = [0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n];
let last = '';

/** Lean text with one of its numbers replaced; undefined where it has none. */
function changeText(unit, random) {
  // Digits that are no part of a name.
  const numbers = [...unit.text.matchAll(/(?<![\p{L}\p{N}_.'])\d+(?![\p{L}\p{N}_.'])/gu)];
  if (unit.kind === 'options' || numbers.length === 0) return undefined;
  const { 0: old, index } = random.pick(numbers);
  const edge = random.pick(edges);
  last = `${old} to ${edge}`;
  return unit.text.slice(0, index) + edge + unit.text.slice(index + old.length);
}

/** A declaration with all its number literals of one value replaced; undefined where it has none. */
function changeTree({ declaration }, random) {
  // What rests on an axiom proves nothing; a new one is refused.
  if (declaration.kind === 'axiom') return undefined;
  const values = new Set();
  const visit = (expr, change) =>
    expr.kind === 'nat' ? change(expr) : ir.mapNode(expr, (child) => visit(child, change));
  const collect = (expr) => {
    values.add(expr.value);
    return expr;
  };
  ir.mapExpressions(declaration, (expr) => visit(expr, collect));
  if (values.size === 0) return undefined;
  const old = random.pick([...values]);
  const edge = random.pick(edges);
  last = `${old} to ${edge}`;
  const replace = (expr) => (expr.value === old ? ir.nat(edge) : expr);
  return ir.mapExpressions(declaration, (expr) => visit(expr, replace));
}

function changeOne({ level, units }, { random }) {
  const at = random.below(units.length);
  const changed = level === 'source' ? changeText(units[at], random) : changeTree(units[at], random);
  return changed === undefined ? undefined : [...units.slice(0, at), changed, ...units.slice(at + 1)];
}

export default defineMutator({
  name: 'edge-numbers',
  mutate: changeOne,
  havoc: changeOne,
  havocProbability: 0.1,
  /** Entries with many units change slowly; leave them to the others. */
  queueFilter: ({ candidate }) => candidate.units.length <= 20,
  /** Tries an entry without its last unit, then without the one before it, and so on. */
  trim: ({ units }, step) =>
    step + 1 < units.length ? units.filter((_, index) => index !== units.length - 1 - step) : undefined,
  describe: () => last,
});

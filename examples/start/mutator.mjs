// A custom mutator of lean-fuzz. Try it: npx lean-fuzz --mutator FILE --time 60s
// All hooks, and what they see and give: docs/custom-mutators.md
import { defineMutator, ir } from 'lean-fuzz';

export default defineMutator({
  // Lower-case letters, digits and -. Lineages, traces and findings say `custom:` and this name.
  name: 'NAME',

  // Leave one out where the mutator is for the other alone; only that level runs then.
  levels: ['source', 'kernel'],

  // How often it gets its turn, against 6 of the built-in `extend`.
  weight: 5,

  // Makes a new candidate out of one of the corpus: a list of units, or undefined for nothing.
  // A unit of source level has `text`, one of kernel level `declaration`, a tree that `ir` builds and walks.
  mutate({ level, units }, { random, name }) {
    const at = random.below(units.length);
    const unit = units[at];
    // Lean's options stand in front: leave them there.
    if (unit.kind === 'options') return undefined;
    const added =
      level === 'source'
        ? `def ${name('added')} : Nat := ${random.below(100)}`
        : {
            kind: 'definition',
            name: name('added'),
            levelParams: [],
            type: ir.constant('Nat'),
            value: ir.nat(BigInt(random.below(100))),
            hint: 'abbreviation',
            safety: 'safe',
          };
    return [...units.slice(0, at + 1), added, ...units.slice(at + 1)];
  },
});

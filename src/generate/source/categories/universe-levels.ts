import { selfOf } from '../block.js';
import { say } from '../../../ir/source/tree.js';
import { variable } from '../../../ir/source/types.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';
import { constructorsFor, parametersOf } from './fields.js';
import { draftOf } from './poisoned-inductives.js';

/** Universe polymorphism: sorts in odd but right ways, and now and then wrong ones. */
export const universeLevels: readonly Kind[] = [
  { kind: 'polymorphic', weight: 4, make: polymorphicType },
  { kind: 'sorted', weight: 2, make: sortedStructure },
  { kind: 'level-def', weight: 3, make: levelDefinition },
  { kind: 'lifted', weight: 2, make: lifted },
];

/** How often a sort is drawn without regard to what would be right. */
const wildShare = 0.05;

function polymorphicType(context: Context): Draft {
  const { random } = context;
  const count = random.between(1, 2);
  const universes = ['u', 'v'].slice(0, count);
  const parameters = parametersOf(universes.map((level) => `Type ${level}`));
  const right =
    count === 1
      ? random.pick([
          'Type u',
          'Type (max u 0)',
          'Type (max 0 u)',
          'Sort (u + 1)',
          'Type (u + 1)',
          'Sort (max 1 (u + 1))',
        ])
      : random.pick([
          'Type (max u v)',
          'Type (max v u)',
          'Sort (max (u + 1) (v + 1))',
          'Type (max u v u)',
          'Type (max u v 1)',
        ]);
  const sort = random.chance(wildShare)
    ? random.pick(['Type', 'Prop', 'Sort u', 'Sort (imax u 1)', 'Type 1'])
    : right;
  const type = { name: context.name('U'), parameters, indices: 0, sort, constructors: [] };
  // Only sorts that are large enough for a recursive occurrence make sense with fields of the parameters.
  const constructors = constructorsFor(context, parameters, [selfOf(type)], 0.4);
  const first = constructors[0];
  const using =
    first === undefined
      ? constructors
      : [
          ...constructors,
          { ...first, name: `c${constructors.length}`, fields: parameters.map(({ name }) => variable(name)) },
        ];
  return draftOf({ types: [{ ...type, constructors: using }], universes, deriving: [] });
}

/** A structure over any sorts, so that its own has to be at least `Type` by `max 1`. */
function sortedStructure(context: Context): Draft {
  const { random } = context;
  const name = context.name('S');
  const head = random.pick([
    '.{u} (α : Sort u) : Sort (max 1 u)',
    '.{u, v} (α : Sort u) (β : α → Sort v) : Sort (max 1 u v)',
    '.{u} (α : Sort u) : Type u',
    '.{u} (α : Type u) : Type (max u 1)',
    '.{u, v} (α : Sort u) (β : Sort v) : Sort (max 1 u v)',
  ]);
  const second = head.includes('β : α') ? '\n  snd : β fst' : head.includes('β') ? '\n  snd : β' : '';
  const values = head.includes('β')
    ? []
    : [`\ndef ${name}.twice (s : ${name} α) : ${name} (${name} α) := ⟨s⟩`];
  const body = values.filter(() => random.chance(0.5)).join('');
  return {
    tree: say`structure ${name}${head} where\n  fst : α${second}${body}`,
    declares: nothingToUse(name, `${name}.mk`),
  };
}

/** Definitions and theorems between sorts, at levels that are equal in other words. */
function levelDefinition(context: Context): Draft {
  const { random } = context;
  const [name, other] = [context.name('f'), context.name('t')];
  const level = random.pick(['u', 'max u 0', 'max 0 u', 'max u u', 'imax u u']);
  const text = random.pick([
    `def ${name}.{u} {α : Sort u} (a : α) : α := a\ntheorem ${other} : (${name}.{1} 1 = 1) = ${name}.{1} (1 = 1) := rfl`,
    `def ${name}.{u} (α : Sort (${level})) : Sort (${level}) := α\ntheorem ${other}.{u} (α : Sort u) : ${name}.{u} α = α := rfl`,
    `def ${name}.{u, v} (α : Sort u) (β : α → Sort v) : Sort (imax u v) := ∀ a, β a\ntheorem ${other} : ${name} Nat (fun _ => True) := fun _ => trivial`,
    `def ${name}.{u} : Type (u + 1) := Type u\ndef ${other} : ${name}.{1} := Type`,
    `def ${name}.{u} (α : Type u) : Type (max u ${random.below(3)}) := ULift α\ntheorem ${other} : Nonempty (${name}.{0} Nat) := ⟨⟨0⟩⟩`,
    `section\nuniverse w\nvariable (α : Type w)\ndef ${name} : Type w := List α\nend\ndef ${other} : ${name} Nat := [1]`,
    `def ${name} : Prop := ∀ p : Prop, p → p\ntheorem ${other} : ${name} := fun p h => (fun (q : Prop) (g : q) => g) p h`,
  ]);
  const wild = random.chance(wildShare)
    ? text.replace(/Sort \(imax u v\)|Type \(u \+ 1\)|Type w :=/, 'Type')
    : text;
  return { tree: say`${wild}`, declares: nothingToUse(name, other) };
}

/** A type of the candidate in a higher universe. */
function lifted(context: Context): Draft {
  const { random, terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const [name, t] = [context.name('f'), context.name('t')];
  const [wrapper, make] = random.pick([
    [say`ULift.{1} ${type}`, say`⟨${value}⟩`],
    [say`ULift.{2, 0} ${type}`, say`ULift.up ${value}`],
    [say`PLift ${type}`, say`PLift.up ${value}`],
    [say`ULift.{1} (PLift ${type})`, say`⟨⟨${value}⟩⟩`],
    [say`PProd ${type} PUnit.{3}`, say`⟨${value}, ⟨⟩⟩`],
    [say`(α : Type 1) × (α → ${type})`, say`⟨Type, fun _ => ${value}⟩`],
  ] as const);
  return {
    tree: say`def ${name} : ${wrapper} := ${make}\ntheorem ${t} : ${name} = ${make} := rfl`,
    declares: nothingToUse(name, t),
  };
}

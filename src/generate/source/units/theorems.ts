import { Bool, Nat, printType } from '../types.js';
import type { Context, UnitMaker } from '../unit-maker.js';

/** A statement with a proof that should work: the kernel sees the proof term that the tactic makes. */
export const theorem: UnitMaker = (context) => {
  const goal = context.random.pick([reflexivity, computation, propositional, arithmetic])(context);
  if (goal === undefined) return undefined;
  const name = context.name('t');
  const attribute = context.random.chance(0.1) ? '@[simp] ' : '';
  return {
    text: `${attribute}theorem ${name} : ${goal.statement} := ${goal.proof}`,
    declares: [{ role: 'proof', name, statement: goal.statement }],
  };
};

interface Goal {
  statement: string;
  proof: string;
}

function reflexivity({ terms, size }: Context): Goal | undefined {
  const type = terms.mention(terms.type(size >> 2));
  const term = terms.term(type, [], size);
  return term === undefined
    ? undefined
    : { statement: `(${term} : ${printType(type)}) = ${term}`, proof: 'rfl' };
}

/** Two closed terms compared by evaluation: true about half of the time, and the kernel has to compute. */
function computation({ random, terms, size }: Context): Goal | undefined {
  const type = random.pick([Nat, Bool]);
  const left = terms.term(type, [], size);
  const right = terms.term(type, [], size >> 1);
  if (left === undefined || right === undefined) return undefined;
  const relation = random.pick(['=', '≠']);
  return {
    statement: `${left} ${relation} ${right}`,
    proof: random.pick(['by decide', 'by simp', 'by rfl', 'by omega']),
  };
}

function propositional({ random }: Context): Goal {
  return random.pick([
    { statement: '∀ p q : Prop, p ∧ q → q ∧ p', proof: 'fun _ _ h => ⟨h.2, h.1⟩' },
    { statement: '∀ p q : Prop, p ∨ q → q ∨ p', proof: 'fun _ _ h => h.symm' },
    { statement: '∀ p : Prop, p → ¬¬p', proof: 'fun _ h n => n h' },
    { statement: '∀ p : Prop, ¬¬p → p', proof: 'fun _ => Classical.byContradiction' },
    { statement: '∃ n : Nat, n = n', proof: '⟨0, rfl⟩' },
  ]);
}

function arithmetic({ random }: Context): Goal {
  const [a, b] = [random.below(10), random.below(10)];
  return random.pick([
    { statement: `∀ n : Nat, n + ${a} = ${a} + n`, proof: 'by omega' },
    { statement: `∀ n m : Nat, n < m → n * 1 + ${b} < m + ${b + 1}`, proof: 'by omega' },
    { statement: `∀ xs : List Nat, (xs ++ [${a}]).length = xs.length + 1`, proof: 'by simp' },
  ]);
}

import type { Candidate } from '../api/candidate.js';
import type { InputLevel } from '../api/execution.js';
import type { Verdict } from '../api/verdict.js';
import type { Yield } from '../api/yields.js';
import type { Random } from '../util/random.js';
import { Bandit, type Arm } from './bandit.js';
import { categories, type Category } from './source/categories.js';

/** How candidates without a parent are called in the statistics of mutators. */
const fresh = 'fresh';

/** Learned yields of mutators and categories, by which a campaign chooses among them. */
export class Choices {
  private readonly mutators: Record<InputLevel, Bandit> = { source: new Bandit(), kernel: new Bandit() };
  private readonly categories = new Bandit();
  /** The categories of the new units of candidates that have not been judged yet, by run. */
  private readonly made = new Map<number, Set<string>>();
  /** The mutators of candidates that have not been judged yet, by run; of those that have any. */
  private readonly changed = new Map<number, readonly string[]>();

  mutator<A extends Arm>(random: Random, level: InputLevel, arms: readonly A[]): A {
    return this.mutators[level].choose(random, arms);
  }

  /** The category of a new unit of candidate number `run`. */
  category(random: Random, run: number): Category {
    const category = this.categories.choose(random, categories);
    const made = this.made.get(run) ?? new Set();
    this.made.set(run, made.add(category.name));
    return category;
  }

  /** Remembers the mutators of candidate number `run`, each by the name that its yield has. */
  changedBy(run: number, mutators: readonly string[]): void {
    if (mutators.length > 0) this.changed.set(run, mutators);
  }

  /** Takes in what came of a candidate, and the work that it was; returns it as yields of what had a part in it. */
  learn({ level, lineage }: Candidate, verdict: Verdict['kind'], newFeatures: number, work: number): Yield[] {
    const one = {
      level,
      candidates: 1,
      newFeatures,
      interesting: verdict === 'dull' ? 0 : 1,
      leads: verdict === 'lead' ? 1 : 0,
      solutions: verdict === 'solution' ? 1 : 0,
    };
    const mutators = this.changed.get(lineage.run) ?? [fresh];
    this.changed.delete(lineage.run);
    mutators.forEach((name) => this.mutators[level].learn(name, newFeatures, work));
    const made = [...(this.made.get(lineage.run) ?? [])];
    this.made.delete(lineage.run);
    made.forEach((name) => this.categories.learn(name, newFeatures, work));
    return [
      ...mutators.map((name): Yield => ({ ...one, kind: 'mutator', name })),
      ...made.map((name): Yield => ({ ...one, kind: 'category', name })),
    ];
  }
}

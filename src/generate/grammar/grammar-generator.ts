import { runInThisContext } from 'node:vm';
import type { Unit } from '../../api/candidate.js';
import { TextUnit } from '../../ir/unit/text-unit.js';
import { invalid } from '../../util/errors.js';
import type { Random } from '../../util/random.js';
import { describeFailure } from '../../util/user-module.js';
import type { Mutator } from '../mutators/mutator.js';
import { textOptions, unitsOfText } from '../text/units-of-text.js';
import type { Grammar } from './grammar.js';
import {
  changeRule,
  repeatRecursion,
  replaceSubtree,
  spliceSubtree,
  type TreeMutation,
} from './mutate-tree.js';
import { SizeTables } from './sizes.js';
import { isTree, textOf, type Tree } from './tree.js';

/** Trees that are drawn for a candidate while scripts fail on them. */
const maxDraws = 3;

/** A script failed on every tree that was drawn for a candidate: that candidate's outcome. */
export class GrammarFailure extends Error {
  override readonly name = 'GrammarFailure';
}

/**
 * The source level's candidates from a plain grammar. The tree of a candidate rests with its first unit, the options,
 * so that mutations work on trees and text is never parsed.
 */
export class GrammarGenerator {
  private readonly sizes: SizeTables;
  /** Mutators of the trees of this grammar; they pass on entries that have none. */
  readonly mutators: readonly Mutator[] = [
    this.mutator('tree-random', 4, replaceSubtree),
    this.mutator('tree-rules', 4, changeRule),
    this.mutator('tree-recursive', 1, repeatRecursion),
    { ...this.mutator('tree-splice', 4, spliceSubtree), crosses: true },
  ];

  /** UserError (2) where no tree is as small as the depth. */
  constructor(
    private readonly grammar: Grammar,
    private readonly file: string,
    depth: number,
    /** Milliseconds that the scripts of one text may take. */
    private readonly scriptMillis = 1000,
  ) {
    this.sizes = new SizeTables(grammar, depth);
    if (this.sizes.sizesOf(grammar.start).length === 0)
      throw invalid('--depth', depth, `at least the rules of the smallest text of grammar ${file}`);
  }

  /**
   * A tree of a size that is drawn uniformly from those up to the depth, as units. GrammarFailure where scripts fail.
   */
  fresh(random: Random): Unit[] {
    for (let draw = 1; ; draw++) {
      const size = random.pick(this.sizes.sizesOf(this.grammar.start));
      try {
        return this.unitsOf(this.sizes.draw(random, this.grammar.start, size));
      } catch (error) {
        if (draw >= maxDraws) throw error;
      }
    }
  }

  /** The tree that units came from; undefined where they came from elsewhere. */
  treeOf([options]: readonly Unit[]): Tree | undefined {
    const derivation = options?.form === 'text' ? options.derivation : undefined;
    if (derivation?.grammar !== this.grammar.id) return undefined;
    const { rules } = derivation;
    return isTree(this.grammar, rules, this.grammar.start) ? rules : undefined;
  }

  private mutator(name: string, weight: number, mutation: TreeMutation): Mutator {
    return {
      name,
      weight,
      mutate: (parent, { random, other }) => {
        const tree = this.treeOf(parent);
        if (tree === undefined) return undefined;
        const { grammar, sizes } = this;
        const mutated = mutation(tree, { grammar, sizes, random, other: this.treeOf(other) });
        if (mutated === undefined) return undefined;
        try {
          return this.unitsOf(mutated);
        } catch (error) {
          if (error instanceof GrammarFailure) return undefined;
          throw error;
        }
      },
    };
  }

  /** GrammarFailure where a script fails on this tree. */
  private unitsOf(tree: Tree): Unit[] {
    let text: string;
    try {
      text = this.textOf(tree);
    } catch (error) {
      throw new GrammarFailure(`grammar ${this.file}: a script failed: ${describeFailure(error)}`, {
        cause: error,
      });
    }
    const options = new TextUnit(textOptions, textOptions.text, { grammar: this.grammar.id, rules: tree });
    return [options, ...unitsOfText(text)];
  }

  /** A text's scripts run under a clock; the only way to end a loop in this thread is a timed call of the VM. */
  private textOf(tree: Tree): string {
    if (!tree.some((rule) => typeof this.grammar.rules[rule]?.text === 'function'))
      return textOf(this.grammar, tree);
    const shared = globalThis as { leanFuzzText?: (() => string) | undefined };
    shared.leanFuzzText = () => textOf(this.grammar, tree);
    try {
      return runInThisContext('leanFuzzText()', { timeout: this.scriptMillis }) as string;
    } finally {
      shared.leanFuzzText = undefined;
    }
  }
}

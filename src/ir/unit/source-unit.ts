import type { Block } from '../source/block.js';
import type { Entry } from '../source/entry.js';
import { textOf, type Tree } from '../source/tree.js';
import { Once, UnitBase } from './base.js';
import type { UnitFacts } from './facts.js';
import type { KernelUnit } from './kernel-unit.js';

/** Content of a source-level unit. */
export interface SourceContent {
  /** Its text, with the structure that mutators need. */
  readonly tree: Tree;
  /** Entries that it brings into scope. */
  readonly entries: readonly Entry[];
  /** The inductive types that the tree says, where it says nothing else. */
  readonly block?: Block | undefined;
  /** The kernel-level unit that the tree says, where it comes from one. */
  readonly kernel?: KernelUnit | undefined;
}

/** A unit of the source level that the generator made: a tree of Lean text. */
export class SourceUnit extends UnitBase<string> implements SourceContent {
  readonly form = 'source';
  readonly tree: Tree;
  readonly entries: readonly Entry[];
  readonly block: Block | undefined;
  readonly kernel: KernelUnit | undefined;

  constructor(facts: UnitFacts, content: SourceContent, said = new Once(() => textOf(content.tree))) {
    super(facts, said);
    this.tree = content.tree;
    this.entries = content.entries;
    this.block = content.block;
    this.kernel = content.kernel;
  }

  /** The Lean text of the tree. */
  get text(): string {
    return this.said.form;
  }

  /** The same tree, of which something else is said. */
  with(changed: Partial<UnitFacts>): SourceUnit {
    return new SourceUnit(this.factsWith(changed), this, this.said);
  }
}

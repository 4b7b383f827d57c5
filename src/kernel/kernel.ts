/**
 * The kernel's entry point: an environment to which declarations are added one after the other.
 *
 *     const kernel = new Kernel(faithful('4.35.0'));            // empty; or: new Kernel(strict, { environment: baseEnvironment })
 *     const answer = kernel.add(declaration);                   // accepts | refuses(why) | noAnswer(why); never throws
 *     kernel.environment.find('Nat.rec');                       // what it declared, recursors included
 *
 * A declaration that is not accepted leaves the environment as it was. A limit on steps, depth or size is no answer. To
 * keep several environments side by side, use checkDeclaration of check.ts, which leaves the old one as it was.
 */
import type { Declaration } from '../ir/declaration.js';
import { accepts, noAnswer, refuses, type Answer } from '../util/answer.js';
import { checkDeclaration, type Opinion } from './check.js';
import { Environment } from './environment.js';
import type { Mode } from './mode.js';

export interface KernelOptions {
  /** Constants that are declared already. Default: none. */
  readonly environment?: Environment;
  /** Steps of inference, reduction and comparison that one declaration may take: ten million by default. */
  readonly steps?: number;
  /** Nodes that a term may have, shared ones counted at each use; as many as it likes by default. */
  readonly maxSize?: number;
  /** Whether levels are shared between declarations, as those read from one file are; false by default. */
  readonly sharesLevels?: boolean;
}

const defaultSteps = 10_000_000;

export class Kernel {
  private current: Environment;

  constructor(
    readonly mode: Mode,
    private readonly options: KernelOptions = {},
  ) {
    this.current = options.environment ?? Environment.root([]);
  }

  /** All that was accepted so far. */
  get environment(): Environment {
    return this.current;
  }

  /** Goes on in another environment: what was added to it is believed. */
  continueIn(environment: Environment): void {
    this.current = environment;
  }

  /** Checks a declaration, and adds it where it is accepted. Never throws. */
  add(declaration: Declaration): Answer {
    const opinion = this.declare(declaration);
    switch (opinion.kind) {
      case 'accept':
        return accepts;
      case 'reject':
        return refuses(opinion.reason);
      case 'unknown':
        return noAnswer(opinion.reason);
    }
  }

  /** The same, for whoever wants the broken rule and where it is broken as they are. */
  declare(declaration: Declaration): Opinion {
    const opinion = checkDeclaration(this.current, declaration, {
      mode: this.mode,
      steps: this.options.steps ?? defaultSteps,
      maxSize: this.options.maxSize ?? Infinity,
      sharesLevels: this.options.sharesLevels ?? false,
    });
    if (opinion.kind === 'accept') this.current = opinion.environment;
    return opinion;
  }
}

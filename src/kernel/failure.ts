import type { BrokenRule, KnowledgeGap } from '../ir/typing-rules.js';

/** An expected outcome, thrown without a stack trace: that would cost more than the check that it ends. */
class ExpectedEnd extends Error {
  constructor(message: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
  }
}

/** Thrown inside the checker for an expression that has no type, or a declaration that is not to be had. */
export class IllTyped extends ExpectedEnd {
  override readonly name = 'IllTyped';

  /** `where` is what the rule is broken by, a name where there is one. */
  constructor(
    readonly rule: BrokenRule,
    readonly where?: string,
  ) {
    super(where === undefined ? rule : `${where}: ${rule}`);
  }
}

/** Message of DontKnow where the checker would need the meaning of one of Lean's constants. */
export const notModelled: KnowledgeGap = 'a constant that is not modelled';

/** Thrown where the checker gives up: out of steps, or something that it does not model. */
export class DontKnow extends ExpectedEnd {
  override readonly name = 'DontKnow';

  constructor(readonly gap: KnowledgeGap) {
    super(gap);
  }
}

import type { Checks } from './lake.js';

/**
 * Jobs for an executor, and their results. Nothing here is an exception: time-outs, crashes and exhausted memory are
 * outcomes like acceptance and rejection.
 */

/** One thing that is put to Lean: commands as text, or a declaration for the kernel (flat form, see src/ir). */
export type Step = StepContent & {
  /** Names the content, as a unit's hash does; worked out where nobody has done so. */
  readonly hash?: string;
};

export type StepContent =
  | { readonly kind: 'text'; readonly text: string }
  /** A whole file, which may begin with a header; it may import nothing beyond Init. */
  | { readonly kind: 'file'; readonly text: string }
  | { readonly kind: 'declaration'; readonly words: Uint32Array };

/** A claim of False: a step that is tried from the state behind the job's steps and then forgotten. */
export interface Claim {
  /** Name of the claim in statistics and reports, e.g. `decide`. */
  readonly name: string;
  readonly step: Step;
  /** The constant that the step must have proved. */
  readonly constant: string;
}

/**
 * Steps in order, each from the state that the accepted ones before it left; a rejected step leaves no trace.
 * Then every claim, each from the state behind the steps.
 */
export interface Job {
  /** `kernel` runs on a bare kernel environment and takes declarations only. */
  readonly level: InputLevel;
  readonly steps: readonly Step[];
  readonly claims: readonly Claim[];
  /**
   * Stop at the first rejected step, and try no claims then: a confirmation. At kernel level nothing but the wall clock
   * limits its work, for an answer that was cut short would lose a proof.
   */
  readonly strict?: boolean;
  /** Names whose constants are described in the result (`shapes`), where they exist. */
  readonly describe?: readonly string[];
  /**
   * Kernel level: reduce the values of described definitions to weak head normal form and that once more, and say
   * whether it stayed the same. There is no limit to it. Default false.
   */
  readonly reduce?: boolean;
  /** Say with each accepted step what it has brought (`news`). Default false. */
  readonly look?: boolean;
  /**
   * Kernel level: on the constants that source level begins with, where those are others than the base constants.
   * Default false.
   */
  readonly imported?: boolean;
  /**
   * Say which blocks of the kernel's code the job reaches (`trace`) beyond those that declaring the base environment
   * takes, where the executor watches them. Nothing is taken from earlier runs of a prefix. Default false.
   */
  readonly trace?: boolean;
  /** Wall-clock milliseconds that it may take, where they are fewer than the executor's limit. Nobody else is told. */
  readonly millis?: number;
  /** Constants that are wanted as declarations (`declared`), from the state behind the steps. */
  readonly declare?: readonly string[];
  /** Whether those may be of any size: an export wants them all. Default false. */
  readonly large?: boolean;
  /** Inductive types of which it is wanted what their blocks have come to (`made`), from the state behind the steps. */
  readonly made?: readonly string[];
}
export const inputLevels = ['source', 'kernel'] as const;
export type InputLevel = (typeof inputLevels)[number];
/** Levels that a campaign may have: one, or both. */
export const levelChoices = [...inputLevels, 'both'] as const;
export type LevelChoice = (typeof levelChoices)[number];

/**
 * Why a step was not accepted. `message`: Lean's first error message, at most 2,000 characters, or our own words. Of a
 * claim a native Lean says the first line.
 */
export type Refusal =
  /** `error`: the kind that Lean gives to the message (`lean.unknownIdentifier`), or `kernel.<exception>`; may be "". */
  | { readonly kind: 'refused'; readonly message: string; readonly error: string }
  /** A step that the executor did not put to Lean. */
  | { readonly kind: 'not asked'; readonly message: string }
  /** Words that are no declaration. */
  | { readonly kind: 'malformed'; readonly message: string };

/** The outcome of a step: it was accepted without any error message, or it was not. */
export type StepOutcome = { readonly kind: 'accepted' } | Refusal;

export const accepted: StepOutcome & { kind: 'accepted' } = { kind: 'accepted' };

export interface StepResult {
  readonly outcome: StepOutcome;
  /** Time inside Lean in microseconds; 0 where the result of an earlier run of the same prefix was taken. */
  readonly micros: number;
  /** The work by Lean's own counter, which does not depend on the machine. */
  readonly heartbeats: number;
  /** Constants that an accepted step has added, where the job asks for them. */
  readonly news?: News;
}

/** Why a step was not accepted; undefined where it was, or where there is no result. */
export function refusalIn(result: Pick<StepResult, 'outcome'> | undefined): Refusal | undefined {
  return result === undefined || result.outcome.kind === 'accepted' ? undefined : result.outcome;
}

/**
 * Constants that a step has added to the environment, for the judge to look at. Axioms, constructors, recursors, and
 * unsafe or partial definitions are left out: nothing is proved by those.
 */
export interface News {
  /**
   * As flat declarations, in no order: inductive types, and whole definitions whose type ends in a sort; any other
   * definition, theorem or opaque constant as an axiom of its type.
   */
  readonly declarations: Uint32Array;
  /** Constants that were left out by `lookLimits`. */
  readonly left: number;
}

/**
 * Constants that a job asked for, with their values, types and constructors as whole blocks; those that can't be said
 * are missing.
 */
export interface Declared {
  readonly imported: Uint32Array;
  readonly added: Uint32Array;
}

/** The constants of inductive declarations as an environment keeps them: nothing of it is derived again. */
export interface Made {
  /**
   * Of each block: every type with its constructors behind it, then the recursors, those of nested occurrences last.
   */
  readonly constants: readonly MadeConstant[];
  /**
   * The terms, as axioms: one for each constant, with its level parameters and its type, and behind that of a
   * recursor one for each of its rules, whose type is what the rule comes to.
   */
  readonly terms: Uint32Array;
}

export interface MadeConstant {
  readonly name: string;
  readonly kind: 'inductive' | 'constructor' | 'recursor';
  /**
   * Of a type: parameters, indices, nested occurrences, recursive, reflexive, unsafe. Of a constructor: place,
   * parameters, fields, unsafe. Of a recursor: parameters, indices, motives, minor premises, like K, unsafe.
   */
  readonly numbers: readonly number[];
  /** The types of its block; of a constructor, its type. */
  readonly block: readonly string[];
  /** Of a type. */
  readonly constructors: readonly string[];
  /** Of a recursor: the constructor and the number of fields of each rule. */
  readonly rules: readonly { readonly constructor: string; readonly fields: number }[];
}

/** Words that the terms of `Made` may have; what is larger is left out. */
export const maxMadeWords = 1 << 17;

/** Limits on the new constants that an executor reports. */
export const lookLimits = {
  /** Constants of one step. */
  constants: 500,
  /** Nodes of one declaration, shared ones counted once. */
  nodes: 2000,
  /** Bytes of a string or a number. */
  bytes: 16_000,
} as const;

export interface ClaimResult extends StepResult {
  /** Facts about the claimed constant in the environment; none where the step was not accepted. */
  readonly evidence?: Evidence | undefined;
  /** Answers of a native toolchain to the claim, on the Lake target. */
  readonly checks?: Checks;
}

/** Facts about a constant in the environment that a step left behind. Gathered, not judged. */
export interface Evidence {
  readonly constant: string;
  /** The constant's kind in the kernel's environment; `missing` where there is none of that name. */
  readonly kind: ConstantKind | 'missing';
  readonly levelParams: number;
  /** The type is the constant `False`, structurally. */
  readonly statesFalse: boolean;
  /** Everything the constant depends on, beyond what was imported. */
  readonly reached: readonly ReachedConstant[];
  /** Imported constants that a proof must not rest on: original axioms, and unsafe constants. */
  readonly importedAxioms: readonly string[];
  readonly importedUnsafe: readonly string[];
  /** Parts that no declaration can have put into the environment: a negative literal, an unknown constant. */
  readonly oddities: readonly string[];
  /** The new constants that were reached, as declarations in dependency order. */
  readonly declarations: Said;
}

/** Declarations that were read out of an environment, in flat form (see src/ir), or why they could not be. */
export type Said =
  { readonly kind: 'said'; readonly words: Uint32Array } | { readonly kind: 'unsaid'; readonly why: string };

export type ConstantKind =
  'axiom' | 'definition' | 'theorem' | 'opaque' | 'quotient' | 'inductive' | 'constructor' | 'recursor';

export interface ReachedConstant {
  readonly name: string;
  readonly kind: ConstantKind;
  readonly unsafe: boolean;
  readonly partial: boolean;
}

/** Why an executor did not finish a job. The executor is gone afterwards, whatever happened. */
export const failureKinds = [
  ...(['timeout', 'out-of-memory'] as const),
  /** The native or the C stack ran out. */
  'stack-overflow',
  /** A WebAssembly trap, an uncaught C++ exception, an exit, a signal. */
  'crashed',
  /** The job or what came of it does not fit between worker and executor: our limit, and no answer of Lean's. */
  'too-large',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  /** Where it happened: index into steps, or steps.length + index into claims. */
  readonly at: number;
}

/** How a job ended. */
export type ExecutionEnd = { readonly kind: 'finished' } | Failure;

export const finished: ExecutionEnd & { kind: 'finished' } = { kind: 'finished' };

/** The result of a job. After a failure the lists hold the finished part. */
export interface Execution {
  readonly steps: readonly StepResult[];
  readonly claims: readonly ClaimResult[];
  readonly shapes: readonly ConstantShape[];
  /** Where the job asks for some. */
  readonly declared?: Declared;
  /** Where the job asks for some; without those that are missing, too large, or nothing that words can say. */
  readonly made?: Made;
  /** Blocks of the kernel's code that nobody in the campaign had reached, where the executor watches them. */
  readonly firsts?: readonly FirstBlocks[];
  /** The blocks of the kernel's code that the job has reached, without the usual ones, ascending, where it asks for them. */
  readonly trace?: Uint32Array;
  readonly end: ExecutionEnd;
}

/**
 * Blocks that a step or claim was the first in the campaign to reach, by their indices in the map of the kernel's
 * code.
 */
export interface FirstBlocks {
  /** Index into steps, or steps.length + index into claims. */
  readonly at: number;
  readonly blocks: Uint32Array;
}

/** The shape of a constant: what the kernel made of a declaration. */
export interface ConstantShape {
  readonly name: string;
  readonly kind: ConstantKind;
  readonly levelParams: number;
  /** Numbers that differ by kind, in a fixed order; see src/execute/embedded/shapes.ts. */
  readonly numbers: readonly number[];
}

/**
 * Protocol between a worker and the thread of a custom mutator. Requests and replies go over a message port; an integer
 * in shared memory is counted up with each reply, and the worker sleeps on it: hooks are called from the middle of
 * generation, which waits for their result.
 */
import type { MessagePort } from 'node:worker_threads';
import type { InputLevel } from '../../api/execution.js';

/** Hooks that are called with something; `init` and `deinit` are part of a thread's life. */
export const hookNames = [
  'mutate',
  'crossover',
  'havoc',
  'postProcess',
  'trim',
  'queueFilter',
  'newEntry',
] as const;
export type HookName = (typeof hookNames)[number];

/** A unit as it travels. */
export interface WireUnit {
  readonly kind: string;
  /** Text at source level, words at kernel level. */
  readonly content: string | Uint32Array;
  readonly declares: readonly string[];
  readonly uses: readonly string[];
}

export type Request =
  | { readonly hook: 'deinit' }
  | {
      readonly hook: HookName;
      readonly level: InputLevel;
      readonly units: readonly WireUnit[];
      /** The second entry of `crossover`. */
      readonly other?: readonly WireUnit[];
      /** Seed of the hook's random choices. */
      readonly seed: number;
      /** Prefix of the names that the hook asks for. */
      readonly tag: string;
      readonly step?: number;
      readonly entry?: {
        readonly id: string;
        readonly newFeatures: number;
        readonly outcome: string;
        readonly parents: readonly string[];
      };
    };

/** The description of a loaded module. */
export interface Ready {
  readonly type: 'ready';
  readonly name: string;
  readonly levels: readonly InputLevel[];
  readonly weight: number;
  readonly havocProbability: number;
  readonly hooks: readonly HookName[];
}

/**
 * A unit as a hook gave it, not to be trusted: the index of one that it got (the second entry's come last), or a new
 * one.
 */
export type Given = number | string | Uint32Array;

export type Reply =
  | Ready
  /** Units, or null for nothing; `description` is what `describe` said. */
  | { readonly type: 'units'; readonly units: readonly Given[] | null; readonly description: string }
  | { readonly type: 'answer'; readonly answer: boolean }
  | { readonly type: 'failed'; readonly how: 'threw' | 'malformed' | 'exited'; readonly message: string };

/** Start data of a thread. */
export interface ThreadData {
  readonly file: string;
  /** Null looks at the module only: neither `init` nor `deinit` is called. */
  readonly seed: number | null;
  readonly port: MessagePort;
  /** One 32-bit integer: replies so far. */
  readonly replies: SharedArrayBuffer;
  /** Where what the module prints is shown: a descriptor. */
  readonly shownOn: number;
}

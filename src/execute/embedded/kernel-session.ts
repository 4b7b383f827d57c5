import type { Refusal, Step } from '../../api/execution.js';
import { environmentLimits, isBareQuotient } from '../../ir/codec.js';
import { Decoder, MalformedWords } from '../../ir/decode.js';
import { box, type LeanHeap } from './heap.js';
import type { KernelObjects } from './kernel-objects.js';
import { kernelRefusal } from './messages.js';
import type { Applied, Session, State } from './session.js';

export class KernelState implements State {
  constructor(
    private readonly heap: LeanHeap,
    readonly kernelEnvironment: number,
  ) {}

  release(): void {
    this.heap.dec(this.kernelEnvironment);
  }
}

/** Declarations straight into Lean's C++ kernel: no parser, no elaborator. */
export class KernelSession implements Session<KernelState> {
  readonly root: KernelState;

  constructor(
    private readonly heap: LeanHeap,
    private readonly objects: KernelObjects,
    kernelEnvironment: number,
    /** In Lean's own unit (small allocations and checks); 0 is no limit. */
    private readonly maxHeartbeats: number,
  ) {
    this.root = new KernelState(heap, heap.inc(kernelEnvironment));
  }

  apply(state: KernelState, step: Step, unlimited: boolean): Applied<KernelState> {
    const { heap } = this;
    const declaration = buildDeclaration(this.objects, step);
    if (typeof declaration !== 'number') return declaration;
    if (step.kind !== 'declaration' || !isBareQuotient(step.words)) {
      const added = this.add(heap.inc(state.kernelEnvironment), declaration, unlimited);
      heap.dec(declaration);
      return added;
    }
    const withEquality = this.add(emptyEnvironment(heap), declaration, unlimited);
    heap.dec(declaration);
    if (withEquality.kind !== 'accepted') return withEquality;
    const made = this.add(withEquality.next.kernelEnvironment, this.objects.quotient(), unlimited);
    if (made.kind !== 'accepted') return made;
    made.next.release();
    return { ...made, next: new KernelState(heap, heap.inc(state.kernelEnvironment)) };
  }

  /** Adds a borrowed declaration to an owned environment. */
  private add(environment: number, declaration: number, unlimited: boolean): Applied<KernelState> {
    const { heap } = this;
    // The counter that the limit is compared with is cumulative: started anew, the limit holds for this declaration.
    heap.exports._ZN4lean15reset_heartbeatEv();
    const limit = unlimited ? 0 : this.maxHeartbeats;
    const result = heap.exports.lean_add_decl(environment, limit, declaration, box(0));
    return unwrapExcept(heap, result, (added) => new KernelState(heap, added));
  }
}

/** A kernel's environment without constants (owned). */
export function emptyEnvironment(heap: LeanHeap): number {
  const empty = heap.ioValue(heap.exports.lean_mk_empty_environment(0));
  return heap.exports.lean_elab_environment_to_kernel_env(empty);
}

/** The Lean object of a step's single declaration (owned), or the refusal of a malformed one. */
export function buildDeclaration(objects: KernelObjects, step: Step): number | Refusal {
  try {
    if (step.kind !== 'declaration')
      throw new MalformedWords('text, where the kernel level takes declarations only');
    const decoder = new Decoder(step.words, objects, environmentLimits);
    if (decoder.count !== 1) throw new MalformedWords(`${decoder.count} declarations in a step, expected 1`);
    const declaration = decoder.declaration();
    decoder.end();
    return declaration;
  } catch (error) {
    if (error instanceof MalformedWords) return { kind: 'malformed', message: error.message };
    throw error;
  }
}

/** The outcome in an owned `Except Kernel.Exception α`. */
export function unwrapExcept<S extends State>(
  heap: LeanHeap,
  result: number,
  wrap: (value: number) => S,
): Applied<S> {
  const value = heap.field(result, 0);
  const applied: Applied<S> =
    heap.tag(result) === 1 ? { kind: 'accepted', next: wrap(heap.inc(value)) } : kernelRefusal(heap, value);
  heap.dec(result);
  return applied;
}

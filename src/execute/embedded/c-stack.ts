import type { LeanHeap } from './heap.js';

/**
 * The stack size that Lean is told. Each C frame also takes native stack, for which V8 has no guard but an error that
 * loses the instance: Lean must give up first. Measured: 7,000 KiB of native stack last for 3 to 4 MiB of C stack.
 */
export const assumedStackBytes = 2 << 20;

/**
 * The module's C stack. The built-in one has 64 KB right above static data and overflows silently: deep kernel
 * computations then overwrite whatever is there and may be reported as accepted. So it is moved to a block of
 * its own before Lean starts, Lean's own guard is told its true size, and the lowest bytes are painted: a
 * canary that is no longer intact means that the guard was not enough and nothing since can be believed.
 */
export class CStack {
  private static readonly bytes = 8 << 20;
  private static readonly canaryWords = 1024;
  private static readonly paint = 0x5afec0de;

  private constructor(
    private readonly heap: LeanHeap,
    private readonly low: number,
  ) {}

  /** Moves the stack. Must run before lean_initialize, with nothing of value on the old stack. */
  static relocate(heap: LeanHeap): CStack {
    const low = (heap.exports.malloc(CStack.bytes + 16) + 15) & ~15;
    const high = low + CStack.bytes;
    heap.u32.fill(CStack.paint, low >>> 2, (low >>> 2) + CStack.canaryWords);
    heap.exports.emscripten_stack_set_limits(high, low);
    heap.exports._emscripten_stack_restore(high);
    return new CStack(heap, low);
  }

  /** Tells Lean's stack guard how much there is. Must run after lean_initialize, which assumes 8 MB at main's. */
  tellLean(): void {
    this.heap.setDatum('_ZN4lean7lthread19m_thread_stack_sizeE', assumedStackBytes);
    this.heap.exports._ZN4lean15save_stack_infoEb(0);
  }

  /** False once anything has written to the lowest 4 KB. */
  intact(): boolean {
    const start = this.low >>> 2;
    for (let i = 0; i < CStack.canaryWords; i++) {
      if (this.heap.u32[start + i] !== CStack.paint) return false;
    }
    return true;
  }
}

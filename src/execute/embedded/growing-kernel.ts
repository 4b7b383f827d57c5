import type { Refusal } from '../../api/execution.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { mentionedNames } from '../../ir/mentioned.js';
import type { Name } from '../../ir/name.js';
import type { BootedLean } from './boot.js';
import { box } from './heap.js';
import { KernelObjects } from './kernel-objects.js';
import { buildDeclaration, emptyEnvironment, KernelState, unwrapExcept } from './kernel-session.js';

/** An empty environment of Lean's kernel, to which declarations are added, those that it refuses, too. */
export class GrowingKernel {
  /** Time inside the kernel, in microseconds. */
  micros = 0;
  private readonly heap: BootedLean['heap'];
  private readonly objects: KernelObjects;
  private state: KernelState;
  /** Declared by what was refused and could not be added all the same: Lean takes no inductive type unseen. */
  private readonly missing = new Set<Name>();

  constructor({ heap }: BootedLean) {
    this.heap = heap;
    this.objects = new KernelObjects(heap);
    this.state = new KernelState(heap, emptyEnvironment(heap));
  }

  /** Why the kernel refuses it, or null. */
  add(declaration: Declaration): Refusal | null {
    const { exports } = this.heap;
    const words = encode([declaration]);
    const object = buildDeclaration(this.objects, { kind: 'declaration', words });
    if (typeof object !== 'number') return object;
    exports._ZN4lean15reset_heartbeatEv();
    const before = this.heap.inc(this.state.kernelEnvironment);
    const startedAt = performance.now();
    const result = exports.lean_add_decl(before, 0, object, box(0));
    this.micros += (performance.now() - startedAt) * 1000;
    const refusal = this.take(result);
    if (refusal === null) {
      this.heap.dec(object);
      return null;
    }
    const assumed = exports.lean_add_decl_without_checking(
      this.heap.inc(this.state.kernelEnvironment),
      object,
    );
    this.heap.dec(object);
    if (this.take(assumed) !== null) declaredNames(declaration).forEach((name) => this.missing.add(name));
    const [lacking] = [...mentionedNames(declaration)].filter((name) => this.missing.has(name));
    const isItsOwn = lacking === undefined || declaredNames(declaration).includes(lacking);
    return isItsOwn ? refusal : { kind: 'not asked', message: `${lacking}, which it rests on, is missing` };
  }

  /** Goes on with the environment of an owned result, unless that is a refusal. */
  private take(result: number): Refusal | null {
    const applied = unwrapExcept(this.heap, result, (environment) => {
      return new KernelState(this.heap, environment);
    });
    if (applied.kind !== 'accepted') return applied;
    this.state.release();
    this.state = applied.next;
    return null;
  }
}

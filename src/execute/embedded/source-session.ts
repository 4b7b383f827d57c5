import type { Step } from '../../api/execution.js';
import { parseHeader } from './header.js';
import { box, type LeanHeap } from './heap.js';
import type { KernelObjects } from './kernel-objects.js';
import { buildDeclaration, unwrapExcept } from './kernel-session.js';
import { firstError } from './messages.js';
import type { Applied, Session, State } from './session.js';

/** Fields of Lean's `Elab.Command.State`. */
const CommandState = { environment: 0, messages: 1, infoState: 8 } as const;

export class SourceState implements State {
  private kernel: number | undefined;

  constructor(
    private readonly heap: LeanHeap,
    readonly commandState: number,
  ) {}

  get kernelEnvironment(): number {
    const { heap } = this;
    const environment = heap.field(this.commandState, CommandState.environment);
    this.kernel ??= heap.exports.lean_elab_environment_to_kernel_env(heap.inc(environment));
    return this.kernel;
  }

  release(): void {
    if (this.kernel !== undefined) this.heap.dec(this.kernel);
    this.heap.dec(this.commandState);
  }
}

export interface SourceOptions {
  /** Lean's option of that name, in thousands. */
  maxHeartbeats: number;
  /** Lean's option of that name. */
  maxRecDepth: number;
}

/** Lean text through parser, elaborator and kernel, command by command. */
export class SourceSession implements Session<SourceState> {
  readonly root: SourceState;

  constructor(
    private readonly heap: LeanHeap,
    private readonly objects: KernelObjects,
    environment: number,
    options: SourceOptions,
  ) {
    this.root = new SourceState(heap, this.initialState(environment, options));
  }

  apply({ commandState }: SourceState, step: Step): Applied<SourceState> {
    switch (step.kind) {
      case 'text':
        return this.elaborate(commandState, this.input(step.text), this.heap.ctor(0, [box(0)], [0]));
      case 'file': {
        const input = this.input(step.text);
        const header = parseHeader(this.heap, this.heap.inc(input));
        if (header.kind === 'accepted') return this.elaborate(commandState, input, header.parserState);
        this.heap.dec(input);
        return header;
      }
      case 'declaration':
        return this.addDeclaration(commandState, step);
    }
  }

  private input(text: string): number {
    const { heap } = this;
    const [source, name] = [heap.string(text), heap.string('<input>')];
    return heap.exports.l_Lean_Parser_mkInputContext___redArg(source, name, 1, box(Buffer.byteLength(text)));
  }

  /** Borrows the command state, owns the others. */
  private elaborate(commandState: number, input: number, parserState: number): Applied<SourceState> {
    const { heap } = this;
    const frontend = heap.ioValue(
      heap.exports.l_Lean_Elab_IO_processCommands(input, parserState, heap.inc(commandState)),
    );
    const next = heap.inc(heap.field(frontend, 0));
    heap.dec(frontend);
    const refusal = firstError(heap, heap.field(next, CommandState.messages));
    if (refusal === null) return { kind: 'accepted', next: new SourceState(heap, next) };
    heap.dec(next);
    return refusal;
  }

  /** A declaration straight into the kernel, from and to the elaborator's environment. */
  private addDeclaration(commandState: number, step: Step): Applied<SourceState> {
    const { heap } = this;
    const declaration = buildDeclaration(this.objects, step);
    if (typeof declaration !== 'number') return declaration;
    const environment = heap.inc(heap.field(commandState, CommandState.environment));
    const result = heap.exports.l_Lean_Environment_addDeclCore(environment, 0, declaration, box(0), 1);
    return unwrapExcept(heap, result, (extended) => {
      const next = heap.copyWith(commandState, CommandState.environment, extended);
      return new SourceState(heap, next);
    });
  }

  private initialState(environment: number, options: SourceOptions): number {
    const { heap } = this;
    const { exports } = heap;
    let settings = heap.inc(heap.datum('l_Lean_Options_empty'));
    settings = exports.l_Lean_KVMap_setNat(settings, heap.name('maxHeartbeats'), box(options.maxHeartbeats));
    settings = exports.l_Lean_KVMap_setNat(settings, heap.name('maxRecDepth'), box(options.maxRecDepth));
    const messages = heap.inc(heap.datum('l_Lean_MessageLog_empty'));
    const state = exports.l_Lean_Elab_Command_mkState(heap.inc(environment), messages, settings);
    // Info trees are for editors; without them elaboration is about 15 % faster and its messages are the same.
    const infoState = heap.field(state, CommandState.infoState);
    const quiet = heap.copyWith(infoState, 0, heap.inc(heap.field(infoState, 0)));
    heap.setScalarByte(quiet, 3, 0, 0);
    const result = heap.copyWith(state, CommandState.infoState, quiet);
    heap.dec(state);
    return result;
  }
}

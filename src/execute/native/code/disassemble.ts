import { createRequire } from 'node:module';
import { messageOf, UserError } from '../../../util/errors.js';

/** Where control goes behind an instruction. */
export type Flow =
  | { readonly kind: 'next' }
  /** A conditional branch. */
  | { readonly kind: 'branch'; readonly target: number }
  | { readonly kind: 'jump'; readonly target: number }
  /** Through a register or a table. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'call'; readonly target: number | undefined }
  /** Back to the caller, or nowhere. */
  | { readonly kind: 'end' };

export interface Instruction {
  readonly address: number;
  readonly bytes: number;
  readonly flow: Flow;
  /** As assemblers write it for Intel, without spaces behind commas. */
  readonly text: string;
}

/** The parts of iced-x86 that are used here; its own declarations are half a megabyte. */
interface Iced {
  Decoder: new (bits: number, code: Uint8Array, options: number) => IcedDecoder;
  Formatter: new (syntax: number) => { format(instruction: IcedInstruction): string; free(): void };
  FormatterSyntax: { Intel: number };
  FlowControl: Readonly<
    Record<
      | 'Next'
      | 'UnconditionalBranch'
      | 'IndirectBranch'
      | 'ConditionalBranch'
      | 'Return'
      | 'Call'
      | 'IndirectCall'
      | 'Exception',
      number
    >
  >;
}
interface IcedDecoder {
  ip: bigint;
  readonly canDecode: boolean;
  decode(): IcedInstruction;
  free(): void;
}
interface IcedInstruction {
  readonly ip: bigint;
  readonly length: number;
  readonly flowControl: number;
  readonly isCallNear: boolean;
  readonly nearBranchTarget: bigint;
  free(): void;
}

/** Takes x86-64 code apart. */
export type Disassembler = (code: Uint8Array, address: number) => Instruction[];

/** The disassembler of the package iced-x86. UserError where that can't be loaded. */
export function loadDisassembler(): Disassembler {
  let iced: Iced;
  try {
    iced = createRequire(import.meta.url)('iced-x86') as Iced;
  } catch (error) {
    throw new UserError(`the disassembler (package iced-x86) can't be loaded: ${messageOf(error)}`);
  }
  return (code, address) => disassemble(iced, code, address);
}

function disassemble(iced: Iced, code: Uint8Array, address: number): Instruction[] {
  const decoder = new iced.Decoder(64, code, 0);
  const formatter = new iced.Formatter(iced.FormatterSyntax.Intel);
  decoder.ip = BigInt(address);
  const instructions: Instruction[] = [];
  while (decoder.canDecode) {
    const one = decoder.decode();
    instructions.push({
      address: Number(one.ip),
      bytes: one.length,
      flow: flowOf(iced, one),
      text: formatter.format(one),
    });
    one.free();
  }
  formatter.free();
  decoder.free();
  return instructions;
}

function flowOf({ FlowControl }: Iced, one: IcedInstruction): Flow {
  switch (one.flowControl) {
    case FlowControl.ConditionalBranch:
      return { kind: 'branch', target: Number(one.nearBranchTarget) };
    case FlowControl.UnconditionalBranch:
      return { kind: 'jump', target: Number(one.nearBranchTarget) };
    case FlowControl.IndirectBranch:
      return { kind: 'unknown' };
    case FlowControl.Call:
      return { kind: 'call', target: one.isCallNear ? Number(one.nearBranchTarget) : undefined };
    case FlowControl.IndirectCall:
      return { kind: 'call', target: undefined };
    case FlowControl.Return:
    case FlowControl.Exception:
      return { kind: 'end' };
    default:
      return { kind: 'next' };
  }
}

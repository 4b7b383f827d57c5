/** Which code of a native Lean is its kernel's logic: for coverage, and for planted bugs. */
import type { CodeMap, Guard, MappedBlock, MappedBranch } from '../../../api/code-map.js';
import { ElfFile } from '../elf.js';
import { bytesAt } from '../symbol-table.js';
import { blocksOf, comparisonIn, type Block } from './blocks.js';
import { loadDisassembler, type Disassembler, type Instruction } from './disassemble.js';
import { functionsOf, kernelFunctions, type KernelFunction } from './functions.js';
import { isCountingFunction } from './counting.js';
import { demangle, shortName } from './demangle.js';
import { LandingPads } from './landing-pads.js';

/** Branches that are listed for one block. */
const maxGuards = 4;
const maxCalls = 4;

/** Reads a library's symbols and takes its kernel apart; a text says why that can't be. */
export function makeCodeMap(path: string, architecture: string = process.arch): CodeMap | string {
  if (architecture !== 'x64') return `the code of ${architecture} is not read here`;
  const library = ElfFile.open(path, architecture);
  if (typeof library === 'string') return library;
  const functions = functionsOf(library);
  const kernel = kernelFunctions(functions);
  if (kernel.length === 0) return 'its library has no symbols of the kernel';
  const names = new Map(functions.map(({ address, symbol }) => [address, symbol]));
  const pads = new LandingPads(library);
  const builder = new MapBuilder(path, kernel, (address) => names.get(address));
  const disassemble = loadDisassembler();
  kernel.forEach((one, index) => builder.add(one, index, pads.of(one.address), disassemble));
  return builder.map();
}

class MapBuilder {
  private readonly blocks: MappedBlock[] = [];
  private readonly branches: MappedBranch[] = [];
  private readonly readable: readonly string[];

  constructor(
    private readonly path: string,
    private readonly kernel: readonly KernelFunction[],
    private readonly nameOf: (address: number) => string | undefined,
  ) {
    this.readable = readableNames(kernel.map(({ demangled }) => demangled));
  }

  add(one: KernelFunction, index: number, pads: readonly number[], disassemble: Disassembler): void {
    const code = bytesAt(this.path, one.address, one.bytes);
    const blocks = blocksOf(disassemble(code, one.address), pads, this.nameOf);
    const branchAt = new Map<number, number>();
    blocks.forEach((block, at) => {
      if (!block.decides) return;
      branchAt.set(at, this.branches.length);
      const offset = block.instructions.at(-1)?.address ?? 0;
      this.branches.push({ offset, function: index, condition: this.conditionOf(blocks, at) });
    });
    blocks.forEach((block, at) => {
      const offset = block.instructions[0]?.address;
      const byte = offset === undefined ? undefined : code[offset - one.address];
      if (block.kind !== 'logic' || offset === undefined || byte === undefined) return;
      const guards = guardsOf(blocks, at, branchAt);
      this.blocks.push({ offset, byte, function: index, guards, calls: this.callsOf(block.instructions) });
    });
  }

  map(): CodeMap {
    const functions = this.kernel.map(({ symbol, group, address }, index) => ({
      name: this.readable[index] ?? symbol,
      symbol,
      group,
      offset: address,
    }));
    return { functions, blocks: this.blocks, branches: this.branches };
  }

  private callsOf(instructions: readonly Instruction[]): string[] {
    const names = instructions.flatMap(({ flow }) => {
      const symbol = flow.kind === 'call' && flow.target !== undefined ? this.nameOf(flow.target) : undefined;
      return symbol === undefined || isCountingFunction(symbol) || symbol.startsWith('__cxa')
        ? []
        : [shortOf(symbol)];
    });
    return [...new Set(names)].slice(0, maxCalls);
  }

  /** The values that the branch at the end of a block looks at: a comparison, what was called before, how it jumps. */
  private conditionOf(blocks: readonly Block[], at: number): string {
    const block = blocks[at];
    const jump = block?.instructions.at(-1)?.text.replace(/ .*/, '') ?? '';
    // Where the block compares nothing, the one that it was passed on by did.
    let instructions = block?.instructions ?? [];
    const before = block?.edges.length === 1 ? blocks[block.edges[0]?.from ?? -1] : undefined;
    if (comparisonIn(instructions) === undefined) instructions = before?.instructions ?? [];
    const comparison = comparisonIn(instructions) ?? 'flags';
    const called = /\b(?:al|eax|rax)\b/.test(comparison) ? this.resultOf(instructions) : undefined;
    const tag = tagOf(comparison, instructions);
    return `${called === undefined ? '' : `${called}: `}${tag === undefined ? '' : `tag ${tag}: `}${comparison}; ${jump}`;
  }

  /** Whose result a comparison of the first register is about. */
  private resultOf(instructions: readonly Instruction[]): string | undefined {
    for (const { flow, text } of [...instructions].reverse()) {
      if (flow.kind === 'call')
        return flow.target === undefined ? undefined : shortOf(this.nameOf(flow.target) ?? '');
      if (/^(?:mov|movzx|lea|xor|pop) (?:al|eax|rax)\b/.test(text)) return undefined;
    }
    return undefined;
  }
}

/** The tag of an object that a comparison is about: the highest byte of its header. */
function tagOf(comparison: string, instructions: readonly Instruction[]): number | undefined {
  const [, register, number = ''] = /^cmp (\w+),([\dA-F]+h?)$/.exec(comparison) ?? [];
  if (register === undefined) return undefined;
  const value = number.endsWith('h') ? parseInt(number, 16) : Number(number);
  const isShifted = (how: string): boolean =>
    instructions.some(({ text }) => text === `${how} ${register},18h`);
  if (isShifted('shl') && value % (1 << 24) === 0) return value >>> 24;
  return isShifted('shr') && value < 256 ? value : undefined;
}

/** The nearest branches that decide whether a block is reached, looking back through what decides nothing. */
function guardsOf(blocks: readonly Block[], at: number, branchAt: ReadonlyMap<number, number>): Guard[] {
  const guards: Guard[] = [];
  const seen = new Set([at]);
  const open = [at];
  for (let next = open.shift(); next !== undefined && guards.length < maxGuards; next = open.shift()) {
    for (const { from, way } of blocks[next]?.edges ?? []) {
      const branch = branchAt.get(from);
      if (branch !== undefined && way !== 'always') guards.push({ branch, taken: way === 'taken' });
      else if (!seen.has(from)) {
        seen.add(from);
        open.push(from);
      }
    }
  }
  return guards.slice(0, maxGuards);
}

function shortOf(symbol: string): string {
  const name = demangle(symbol);
  return name === undefined ? symbol : shortName(name);
}

/** Short names, with parameters where several functions share one. */
function readableNames(demangled: readonly string[]): string[] {
  const short = demangled.map(shortName);
  const times = new Map<string, number>();
  for (const name of short) times.set(name, (times.get(name) ?? 0) + 1);
  return short.map((name, index) => {
    if (times.get(name) === 1) return name;
    const full = (demangled[index] ?? '').replaceAll('lean::', '').replaceAll('std::__1::', '');
    const parameters = /^[^(]*\((.*?)\)/.exec(full)?.[1] ?? '';
    return `${name}(${parameters.replaceAll(' const&', '')})`;
  });
}

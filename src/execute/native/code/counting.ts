/** Code that only counts references, and allocates or frees: it says nothing of what the kernel thinks. */
import { demangle } from './demangle.js';
import type { Instruction } from './disassemble.js';

/** Whether a function only counts, allocates or frees. */
export function isCountingFunction(symbol: string | undefined): boolean {
  if (symbol === undefined) return false;
  if (
    /^(?:lean_(?:inc|dec|free|del|alloc|mark|finalize|is_exclusive)\w*|mi_\w+|__cxa_\w*catch|_Unwind_\w+)$/.test(
      symbol,
    )
  )
    return true;
  const name = demangle(symbol);
  return (
    name !== undefined &&
    /::~\w+\(|^operator (?:new|delete)|::(?:set_capacity|expand|destroy_elements|free_memory)\(/.test(name)
  );
}

/** A word of 32 bits at an object's beginning: its count. */
const loadsCount = /^mov (?:e\w\w|r\d+d),\[(?!rsp)(?:r\w+)(?:\+0)?\]$/;
const storesCount = /^mov \[(?!rsp)(?:r\w+)(?:\+0)?\],(?:e\w\w|r\d+d)$/;
const locked = /^lock (?:inc|dec|add|sub|xadd) /;
const changes = /^(?:inc|dec) (?:e\w\w|r\d+d)$/;
const compares = /^(?:test (\w+),\1|cmp (?:e\w\w|r\d+d),(?:[012]|-?\w*h))$/;
/** An object is none where its lowest bit is set. */
const testsTag = /^test (?:\w+l|\w+b|[abcd]l),1$/;
const moves = /^(?:mov|lea|nop|xor|xchg|push|pop|endbr64|data16|cs)\b/;
/** How a count that several threads share is changed: behind a comparison with the one that stays as it is. */
const shared = /^(?:cmp (?:e\w\w|r\d+d),90000001h|lock (?:inc|dec) .*)$/;
const leaves = /^(?:ret|add rsp,\w+)$/;
/** The destructor of a function object that was moved to the heap: the one in its table, where there is one. */
const freesFunction = /^mov eax,28h;test rdi,rdi;jn?e /;

/** The effect of a block of instructions, as far as counting goes. */
export type Kind = 'logic' | 'counting' | 'tag' | 'test';

/**
 * `counting`: only counts, or calls what only counts. `tag`: only moves, and looks whether something is an object at
 * all. `test`: only compares a register with zero, which may belong to either.
 */
export function kindOf(
  instructions: readonly Instruction[],
  nameOf: (address: number) => string | undefined,
): Kind {
  if (freesFunction.test(instructions.map(({ text }) => text).join(';'))) return 'counting';
  const isShared = shared.test(instructions[0]?.text ?? '');
  let [counts, tags, tests, others] = [isShared ? 1 : 0, 0, 0, 0];
  for (const { text, flow } of instructions) {
    if (flow.kind === 'call') {
      const name = flow.target === undefined ? undefined : nameOf(flow.target);
      if (!isCountingFunction(name)) return 'logic';
      counts++;
    } else if (loadsCount.test(text) || storesCount.test(text) || locked.test(text)) counts++;
    else if (testsTag.test(text)) tags++;
    else if (compares.test(text)) tests++;
    else if (isShared && leaves.test(text)) others++;
    else if (moves.test(text) || changes.test(text) || flow.kind === 'branch' || flow.kind === 'jump')
      others++;
    else return 'logic';
  }
  if (counts > 0) return 'counting';
  if (tags > 0) return 'tag';
  return tests > 0 && others <= 1 ? 'test' : 'logic';
}

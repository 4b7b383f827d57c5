import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../../../../src/execute/native/code/blocks.js';
import type { Flow, Instruction } from '../../../../../src/execute/native/code/disassemble.js';

/** Instructions of four bytes each, from 0 on. */
function code(...lines: readonly (readonly [text: string, flow?: Flow])[]): Instruction[] {
  return lines.map(([text, flow = { kind: 'next' }], at) => ({ address: at * 4, bytes: 4, flow, text }));
}
const jump = (target: number): Flow => ({ kind: 'jump', target });
const branch = (target: number): Flow => ({ kind: 'branch', target });
const end: Flow = { kind: 'end' };

function kinds(instructions: readonly Instruction[], pads: readonly number[] = []): string[] {
  return blocksOf(instructions, pads, () => undefined).map(({ kind }) => kind);
}

describe('what is no logic', () => {
  test('unwinding stays what it is behind padding', () => {
    const instructions = code(
      ['imul eax,edi'],
      ['ret', end],
      // An exception lands here, and comes to a loop in front of which there is room.
      ['mov rbx,rax'],
      ['jmp 24', jump(24)],
      ['nop'],
      ['add rbx,8'],
      ['cmp rbx,r12'],
      ['jne 20', branch(20)],
      ['ret', end],
    );
    expect(kinds(instructions, [8])).toEqual([
      'logic',
      'unwinding',
      'padding',
      'unwinding',
      'unwinding',
      'unwinding',
    ]);
  });

  test('where a table of jumps leads is logic, however it is padded', () => {
    const instructions = code(['jmp rax', { kind: 'unknown' }], ['imul eax,3'], ['ret', end]);
    expect(kinds(instructions)).toEqual(['logic', 'logic']);
    expect(kinds(code(['ret', end], ['xchg ax,ax'], ['imul eax,3'], ['ret', end]))).toEqual([
      'logic',
      'logic',
    ]);
  });

  test('a count that threads share, up to the end of its function', () => {
    const instructions = code(
      ['cmp [rdi],rsi'],
      ['jne 24', branch(24)],
      ['cmp ecx,90000001h'],
      ['jb 24', branch(24)],
      ['lock dec dword ptr [rax]'],
      ['ret', end],
      ['imul eax,3'],
      ['ret', end],
    );
    expect(kinds(instructions)).toEqual(['logic', 'counting', 'counting', 'logic']);
  });

  test("a function object's destructor, and a jump that only comes from there", () => {
    const instructions = code(
      ['cmp rdi,r14'],
      ['je 24', branch(24)],
      ['mov eax,28h'],
      ['test rdi,rdi'],
      ['jne 28', branch(28)],
      ['jmp 32', jump(32)],
      ['mov eax,20h'],
      ['imul eax,3'],
      ['ret', end],
    );
    expect(kinds(instructions).slice(0, 3)).toEqual(['logic', 'counting', 'counting']);
  });
});

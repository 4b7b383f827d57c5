import { describe, expect, it } from 'vitest';
import { classifyFailure } from '../../../../src/execute/embedded/failure.js';

/** A memory with a C++ object at `thrown`, whose header names a type of `name`. */
function memoryWith(thrown: number, name: Uint8Array): { u8: Uint8Array; u32: Uint32Array } {
  const buffer = new ArrayBuffer(4096);
  const memory = { u8: new Uint8Array(buffer), u32: new Uint32Array(buffer) };
  const [type, text] = [1024, 2048];
  memory.u32[(thrown - 20) >>> 2] = type;
  memory.u32[(type + 4) >>> 2] = text;
  memory.u8.set(name, text);
  return memory;
}

function thrownAs(name: string): ReturnType<typeof classifyFailure> {
  return classifyFailure(512, '', memoryWith(512, new TextEncoder().encode(`${name}\0`)));
}

describe('a C++ exception that nobody caught', () => {
  it('is out of memory where it says that there was none', () => {
    expect(thrownAs('St9bad_alloc')).toEqual({
      kind: 'out-of-memory',
      message: 'uncaught C++ exception St9bad_alloc',
    });
  });

  it.each([
    "deep recursion was detected at 'interpreter'\ninterpreter stacktrace:\n#1 f",
    'deep recursion was detected',
  ])('is a stack overflow where Lean says so: %j', (text) => {
    const memory = memoryWith(512, Buffer.from('N4lean9throwableE\0'));
    const placed = 3000;
    memory.u8.set(Buffer.from(text), placed);
    memory.u32.set([placed, text.length, 0x80000000 + text.length], (512 + 4) >>> 2);
    expect(classifyFailure(512, '', memory)).toEqual({
      kind: 'stack-overflow',
      message: 'uncaught C++ exception N4lean9throwableE: deep recursion was detected',
    });
  });

  it.each([
    ['short', Uint8Array.of(...Buffer.from('no server'), 0, 0, 9)],
    ['that lies elsewhere', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 128)],
  ])('is a crash where Lean says something else, with a text %s', (_, string) => {
    const memory = memoryWith(512, Buffer.from('N4lean9throwableE\0'));
    memory.u8.set(string, 512 + 4);
    expect(classifyFailure(512, '', memory)).toMatchObject({ kind: 'crashed' });
  });

  it('is a crash with the name of its type else', () => {
    expect(thrownAs('N4lean9exceptionE')).toEqual({
      kind: 'crashed',
      message: 'uncaught C++ exception N4lean9exceptionE',
    });
  });

  it.each([
    ['no header', { u8: new Uint8Array(64), u32: new Uint32Array(16) }],
    ['a type without a name', memoryWith(512, new Uint8Array())],
    ['bytes that are no name', memoryWith(512, Uint8Array.of(27, 91, 49, 109, 0))],
    ['a name without an end', memoryWith(512, new Uint8Array(2048).fill(65))],
  ])('is a crash without a name where memory holds %s', (_, memory) => {
    expect(classifyFailure(512, '', memory)).toEqual({ kind: 'crashed', message: 'uncaught C++ exception' });
  });
});

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { codeMapOf } from '../../../../../src/execute/native/code/cached-map.js';
import type { CodeMap } from '../../../../../src/api/code-map.js';
import { makeCodeMap } from '../../../../../src/execute/native/code/code-map.js';
import { bytesAt } from '../../../../../src/execute/native/symbol-table.js';
import { nativeLean } from '../../../../support/native-lean.js';

/** A kernel of a few lines, with all that a map must tell apart: decisions, counting, a refusal, its unwinding. */
const kernel = `
extern "C" void lean_dec_ref_cold(int* object) { __builtin_free(object); }
extern "C" void note(int);
namespace lean {
struct holder {
  int* object;
  ~holder() { if (!(reinterpret_cast<unsigned long>(object) & 1)) { if (*object > 1) --*object; else if (*object != 0) lean_dec_ref_cold(object); } }
};
struct expr { int kind; };
struct type_checker {
  __attribute__((noinline)) bool is_prop(expr const& e) { return e.kind == 7; }
  __attribute__((noinline)) int infer_proj(expr const& e, int* object);
};
int type_checker::infer_proj(expr const& e, int* object) {
  holder held{object};
  if (is_prop(e)) throw 5;
  if (e.kind > 100) return note(e.kind), 3;
  return e.kind * 2;
}
__attribute__((noinline)) int helper_of_nobody(int x) { return x > 4 ? x * 3 : 1; }
}
extern "C" int run(int kind) { lean::type_checker t; lean::expr e{kind}; int* o = new int(2); return t.infer_proj(e, o) + lean::helper_of_nobody(kind); }
`;

const isHere = process.arch === 'x64';

describe.runIf(isHere)('the map of a small library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lean-fuzz-test'));
  const library = join(folder, 'libkernel.so');
  let map: CodeMap;

  beforeAll(() => {
    writeFileSync(join(folder, 'kernel.cc'), kernel);
    execFileSync('c++', ['-O2', '-fPIC', '-shared', '-o', library, join(folder, 'kernel.cc')]);
    const made = makeCodeMap(library);
    if (typeof made === 'string') throw new Error(made);
    map = made;
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("has the kernel's functions by readable names, and no others", () => {
    expect(map.functions.map(({ name }) => name).sort()).toEqual([
      'type_checker::infer_proj',
      'type_checker::is_prop',
    ]);
    expect(map.functions[0]?.group).toBe('type checking');
  });

  test('says which branch guards a block, and what that looks at', () => {
    const inferProj = map.functions.findIndex(({ name }) => name === 'type_checker::infer_proj');
    const conditions = map.branches
      .filter((branch) => branch.function === inferProj)
      .map(({ condition }) => condition);
    expect(conditions.some((text) => text.startsWith('type_checker::is_prop: test al,al; j'))).toBe(true);
    expect(conditions.some((text) => /^cmp .*,64h; j/.test(text))).toBe(true);
    const guarded = map.blocks.filter((block) => block.function === inferProj && block.guards.length > 0);
    expect(guarded.length).toBeGreaterThanOrEqual(2);
  });

  test('leaves out counting and unwinding', () => {
    const bytesOf = ({ offset }: { offset: number }): string => bytesAt(library, offset, 2).toString('hex');
    const text = execFileSync('objdump', ['-d', '--no-show-raw-insn', library], { encoding: 'utf8' });
    const at = (pattern: RegExp): number[] =>
      text
        .split('\n')
        .filter((line) => pattern.test(line))
        .map((line) => parseInt(line, 16));
    const offsets = new Set(map.blocks.map(({ offset }) => offset));
    for (const address of [...at(/call.*_Unwind_Resume/), ...at(/lock /)])
      expect(offsets.has(address)).toBe(false);
    expect(map.branches.every(({ condition }) => !/^test \w+l?,1;/.test(condition))).toBe(true);
    expect(map.blocks.every((block) => parseInt(bytesOf(block).slice(0, 2), 16) === block.byte)).toBe(true);
  });

  test('a stripped library has no map, and the reason is one line', () => {
    const stripped = join(folder, 'stripped.so');
    execFileSync('strip', ['-s', '-o', stripped, library]);
    expect(makeCodeMap(stripped)).toBe('its library has no symbols of the kernel');
    expect(makeCodeMap(library, 'arm64')).toBe('the code of arm64 is not read here');
  });

  test('is kept in the cache, and what a stranger left there is made anew', () => {
    vi.stubEnv('LEAN_FUZZ_CACHE', join(folder, 'cache'));
    const lean = { path: library, hash: createHash('sha256').update('x').digest('hex') };
    expect(codeMapOf(lean)).toEqual(map);
    const maps = join(folder, 'cache', 'code-maps');
    const [name = ''] = readdirSync(maps);
    const file = join(maps, name);
    const whole = JSON.parse(readFileSync(file, 'utf8')) as { blocks: { offset: number }[] };
    const mark = { ...whole, functions: map.functions.map((one) => ({ ...one, name: 'marked' })) };
    writeFileSync(file, JSON.stringify(mark));
    const marked = codeMapOf(lean);
    expect(typeof marked === 'string' ? marked : marked.functions[0]?.name).toBe('marked');
    const strange: unknown[] = [
      'nothing',
      null,
      { ...mark, hash: 'another' },
      { ...mark, blocks: [...whole.blocks].reverse() },
      { ...mark, blocks: whole.blocks.map((one) => ({ ...one, function: 99 })) },
      { ...mark, blocks: whole.blocks.map((one) => ({ ...one, offset: -1 })) },
    ];
    for (const content of strange) {
      mkdirSync(maps, { recursive: true });
      writeFileSync(file, content === 'nothing' ? '{' : JSON.stringify(content));
      expect(codeMapOf(lean)).toEqual(map);
    }
  });
});

const lean = await nativeLean('the map of a real Lean');

test.runIf(isHere && lean !== undefined)('the map of a real Lean', () => {
  const map = lean === undefined ? '' : codeMapOf(lean);
  if (typeof map === 'string') throw new Error(map);
  const names = new Set(map.functions.map(({ name }) => name));
  for (const name of [
    'type_checker::infer_proj',
    'add_inductive_fn::check_positivity',
    'environment::add_quot',
  ])
    expect(names).toContain(name);
  expect(map.blocks.length).toBeGreaterThan(3000);
  expect(map.branches.length).toBeGreaterThan(1000);
  const groups = new Set(map.functions.map(({ group }) => group));
  expect(groups.size).toBe(6);
  // The branch of the planted bug "prop-projection" decides something.
  const inferProj = map.functions.find(({ name }) => name === 'type_checker::infer_proj');
  const conditions = map.branches.filter(({ offset }) => offset === (inferProj?.offset ?? 0) + 0x517);
  expect(conditions.map(({ condition }) => condition)).toEqual(['type_checker::is_prop: test al,al; je']);
});

import { execa } from 'execa';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../src/api/execution.js';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { zygoteOf } from '../../src/execute/native/chosen-lean.js';
import { tryCodeFence } from '../../src/execute/native/code-fence.js';
import { importsOf } from '../../src/execute/native/core-library.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('hostile candidates on a native Lean');

/**
 * A candidate that has Lean run code while it elaborates, on a core library that has neither macros nor input and
 * output: the type of macros is declared as it likes, Lean believes it, and what is declared under the name of a
 * function of its own is called in its place. `act`, a list, is run with each application that is elaborated; the
 * last step has one.
 */
function hostile(act: string, ...before: readonly string[]): string[] {
  return [
    'end',
    // What a macro answers: here, that it has nothing to say.
    'inductive Lean.Said : Type where | ok (a s : Nat) | error (e s : Nat)',
    'def Lean.Macro : Type := Nat → Nat → Nat → Lean.Said',
    '@[noinline] def one : Nat := Nat.succ Nat.zero',
    '@[noinline] def uno : Nat := Nat.succ Nat.zero',
    'def nine : Nat := Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ Nat.zero))))))))',
    'unsafe def spin (l : List Nat) : List Nat := spin l\n@[implemented_by spin] def spins (l : List Nat) : List Nat := l',
    ...before,
    // The same in both cases, but not to a compiler: so it can't leave out the deed.
    `@[macro Lean.Parser.Term.app] def acts : Lean.Macro := fun _ _ s =>\n  match (${act}) with\n  | List.nil => Lean.Said.error one s\n  | List.cons _ _ => Lean.Said.error uno s`,
    'def victim : Nat := Nat.succ Nat.zero',
  ];
}

const removes = (path: string): string[] =>
  hostile(
    `IO.FS.removeFile "${path}"`,
    '@[extern "lean_io_remove_file"] def IO.FS.removeFile (_ : String) : List Nat := List.nil',
  );
const writes = (path: string): string[] =>
  hostile(
    `IO.FS.writeFile "${path}" "gone"`,
    '@[extern "lean_fuzz"] def IO.FS.writeFile (_ _ : String) : List Nat := List.nil',
  );

const spawn =
  '@[extern "lean_task_spawn"] def Task.spawn (α : Type) (_ : Nat → List Nat) (p : Nat) : List Nat := List.nil';

function jobOf(texts: readonly string[]): Job {
  return { level: 'source', steps: texts.map((text) => ({ kind: 'text', text })), claims: [] };
}
const honest = jobOf(['def honest : Nat := Nat.succ Nat.zero']);

/** Runs a hostile candidate, then an honest one on the same client. */
async function run(texts: readonly string[], jobMillis = 10_000): Promise<Execution> {
  const options = await zygoteOf(native as NativeLean, { level: 'source', mutant: null });
  const limits = { jobMillis };
  return withLean({ ...options, memoryLimitMiB: 128 }, limits, async (lean) => {
    const [execution, next] = await lean.run([jobOf(texts), honest]);
    expect(next).toMatchObject({ failure: null, steps: [{ refusal: null }] });
    if (execution === undefined) throw new Error('no execution');
    const last = texts.length - 1;
    expect(execution.steps.slice(0, last).map(({ refusal }) => refusal)).toEqual(Array(last).fill(null));
    return execution;
  });
}

/** The same text as Lean's own command takes it, with no fence around it. */
async function runUnfenced(texts: readonly string[]): Promise<void> {
  const { root } = native as NativeLean;
  const { folder, module } = await importsOf(native as NativeLean);
  const file = join(temporaryFolder(), 'Hostile.lean');
  // Without the step that ends the section in which a session runs.
  writeFileSync(file, ['prelude', `import ${module}`, ...texts.slice(1)].join('\n'));
  await execa(join(root, 'bin', 'lean'), [file], { env: { LEAN_PATH: folder }, reject: false });
}

describe('the fence around code of candidates', () => {
  it('leaves computing, a few threads and the mailbox, and nothing else', async () => {
    const tried = (await tryCodeFence()) ?? [];
    expect(tried.length).toBeGreaterThanOrEqual(34);
    expect(tried.filter(({ isPossible }) => isPossible).map(({ what }) => what)).toEqual([
      'write to its mailbox',
      'start a thread',
    ]);
  });
});

describe.skipIf(native === undefined)('code that a candidate has a native Lean run', () => {
  it('is run: without the fence it removes and writes files', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'here');
    await runUnfenced(writes(path));
    expect(readFileSync(path, 'utf8')).toBe('gone');
    await runUnfenced(removes(path));
    expect(existsSync(path)).toBe(false);
  }, 60_000);

  it('reaches no file', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'here');
    for (const texts of [removes(path), writes(path)]) expect((await run(texts)).failure).toBeNull();
    expect(readFileSync(path, 'utf8')).toBe('here');
  }, 60_000);

  it('ends its own executor only', async () => {
    const exit = '@[extern "lean_io_exit"] def IO.Process.exit (_ n : Nat) : List Nat := List.nil';
    const { failure } = await run(hostile('IO.Process.exit nine nine', exit));
    expect(failure).toMatchObject({ kind: 'crashed', at: hostile('', '').length - 1 });
    expect(failure?.message).toContain('Lean ended its process');
  }, 60_000);

  it('is ended when it takes too long, too much memory, or goes too deep', async () => {
    const eat =
      'unsafe def eat (l : List Nat) : List Nat := eat (List.cons nine l)\n@[implemented_by eat] def eats (l : List Nat) : List Nat := l';
    const deep =
      'unsafe def deep (n : Nat) : List Nat := List.cons n (deep n)\n@[implemented_by deep] def deeps (_ : Nat) : List Nat := List.nil';
    const kindOf = async (texts: readonly string[], millis?: number): Promise<string | undefined> =>
      (await run(texts, millis)).failure?.kind;
    expect(await kindOf(hostile('spins List.nil'), 3000)).toBe('timeout');
    expect(await kindOf(hostile('eats List.nil', eat), 60_000)).toBe('out-of-memory');
    expect(await kindOf(hostile('deeps nine', deep), 60_000)).toBe('stack-overflow');
  }, 180_000);

  it('starts as many threads as its memory has stacks for', async () => {
    const task = 'Task.spawn Nat (fun n => spins (List.cons n List.nil)) nine';
    const { failure } = await run(hostile(task, spawn));
    expect(failure?.message).toContain('failed to create thread');
  }, 60_000);
});

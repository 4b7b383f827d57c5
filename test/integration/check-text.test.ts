import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leanFuzz } from '../support/campaign.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('checking texts on a native Lean');

function text(...lines: string[]): string {
  const path = join(temporaryFolder(), 'Text.lean');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const coreText = [
  'inductive T : Type where | a : T | b : T → T',
  'def f : T → T := fun x => match x with | T.a => T.a | T.b y => y',
  'theorem same : Eq (f (T.b T.a)) T.a := Eq.refl T.a',
];

describe('check of a Lean file', () => {
  it('has it elaborated and checks what it comes to, with all that it rests on', async () => {
    const path = text(
      'inductive Tree | leaf | node (children : List Tree)',
      'theorem v : "ab" ++ "c" = "abc" := by decide',
      'theorem u (a b : Nat) (h : a < b) : a + 1 ≤ b := by omega',
    );
    const { code, stdout } = await leanFuzz(['check', path, '--lean', 'embedded']);
    expect(stdout).toMatch(/^accepted: \d+ constants, no axioms; \d+ of the library are taken on trust/);
    expect(code).toBe(0);
  });

  it('rejects what got past the kernel by an option, and what rests on an axiom that is not permitted', async () => {
    const smuggled = text(
      'set_option debug.skipKernelTC true in',
      'theorem wrong : (2 : Nat) = 3 := by decide +kernel',
    );
    expect(await leanFuzz(['check', smuggled, '--lean', 'embedded'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^rejected: wrong.*: an argument of another type\n$/) as string,
    });
    const axiom = text('axiom bad : False', 'theorem t : 1 = 2 := bad.elim');
    const args = ['check', axiom, '--lean', 'embedded', '--permitted-axioms', 'propext'];
    expect(await leanFuzz(args)).toMatchObject({
      code: 1,
      stdout: 'rejected: the axiom bad is not permitted\n',
    });
  });

  it.skipIf(native === undefined)(
    'does so on a native Lean, on the core library where it has no Init',
    async () => {
      const { code, stdout, stderr } = await leanFuzz([
        'check',
        text(...coreText),
        '--lean',
        native?.libraryFolder ?? '',
      ]);
      expect(stdout).toMatch(/^accepted: \d+ constants, no axioms/);
      expect(code).toBe(0);
      if (native?.hasOleans === false) expect(stderr).toMatch(/has no compiled Init: [^\n]+\n$/);
    },
  );

  it('is used wrongly where the file or the Lean is none', async () => {
    const path = join(temporaryFolder(), 'Nothing.lean');
    const notUtf8 = join(temporaryFolder(), 'Text.lean');
    writeFileSync(notUtf8, Uint8Array.of(0x2d, 0x2d, 0xff));
    const wrong = [[path], [notUtf8], [text(''), '--lean', 'nowhere'], ['/dev/null', '--lean', 'embedded']];
    for (const args of wrong) {
      const { code, stdout, stderr } = await leanFuzz(['check', ...args]);
      expect([code, stdout]).toEqual([78, '']);
      expect(stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
    }
  });
});

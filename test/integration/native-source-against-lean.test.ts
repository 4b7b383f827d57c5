import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Execution, Step } from '../../src/api/execution.js';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { zygoteOf } from '../../src/execute/native/chosen-lean.js';
import { importsOf } from '../../src/execute/native/core-library.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { makeCandidate } from '../../src/generate/schedule.js';
import { coreVocabulary } from '../../src/generate/source/vocabulary.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { leanHostPath } from '../../src/native/addon.js';
import { tries } from '../support/long-form.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean("source level against a native Lean's own command");

/** The first line of each error that Lean's own command has for a text. */
async function saidByCommand(lean: NativeLean, text: string): Promise<string[]> {
  const { folder, module } = await importsOf(lean);
  const { maxHeartbeats, maxRecDepth } = defaultZygoteOptions;
  const head = [
    `prelude\nimport ${module}`,
    `set_option maxHeartbeats ${maxHeartbeats}\nset_option maxRecDepth ${maxRecDepth}`,
    'noncomputable section',
  ];
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.lean'), `${head.join('\n')}\n${text}\n`);
  const args = ['--compile', 'text.lean', 'text.olean', ...lean.libraries];
  const env = { ...process.env, LEAN_PATH: folder };
  const { status, stdout, stderr } = spawnSync(leanHostPath(), args, { cwd, env, encoding: 'utf8' });
  const errors = [...stdout.matchAll(/^text\.lean:\d+:\d+: error(?:\([^)]*\))?: (.*)$/gm)];
  expect([status, stderr]).toEqual([errors.length === 0 ? 0 : 1, '']);
  return errors.map(([, said]) => said ?? '');
}

/** Where an execution stopped accepting, and the first line of why; undefined where it accepted all. */
function refusalIn({ end, steps }: Execution): { at: number; said: string } | undefined {
  expect(end.kind).toBe('finished');
  const at = steps.findIndex(({ outcome }) => outcome.kind !== 'accepted');
  const outcome = steps[at]?.outcome;
  if (outcome === undefined || outcome.kind === 'accepted') return undefined;
  return { at, said: outcome.message.split('\n')[0] ?? '' };
}

const textOf = (step: Step): string => (step.kind === 'declaration' ? '' : step.text);

const written = [
  // Lean starts a thread of its own for what simp needs.
  '@[simp] def f : List Nat → Nat\n  | .nil => 0\n  | .cons _ rest => f rest\n\ndef a : Nat := f .nil',
  'theorem wrong : Eq Nat.zero (Nat.succ Nat.zero) := rfl',
  'inductive T where\n  | mk : (T → Nat) → T',
];

describe.skipIf(native === undefined)(
  "a fenced executor of a native Lean and that Lean's own command",
  () => {
    it('say the same of the same texts', async () => {
      const lean = native as NativeLean;
      const settings = { seed: 11, depth: 15, level: 'source' as const, vocabulary: coreVocabulary };
      const generated = Array.from({ length: tries(24, 500) }, (_, run) =>
        jobFor(makeCandidate(settings, run, { size: 0, pick: () => undefined }), []).steps.map(textOf),
      );
      const zygote = await zygoteOf(lean, { level: 'source', mutant: null });
      const refused = { yes: 0, no: 0 };
      await withLean({ ...defaultZygoteOptions, ...zygote }, {}, async (executor) => {
        for (const texts of [...written.map((text) => [text]), ...generated]) {
          const steps = texts.map((text): Step => ({ kind: 'text', text }));
          const [execution] = await executor.run([{ level: 'source', steps, claims: [] }]);
          const refusal = execution && refusalIn(execution);
          const heard = texts.slice(0, refusal === undefined ? texts.length : refusal.at + 1).join('\n\n');
          const errors = await saidByCommand(lean, heard);
          // Of several the two may come to another one first.
          const said = refusal === undefined ? [] : [refusal.said];
          expect({ heard, errors, said }).toEqual({
            heard,
            errors,
            said: errors.filter((one) => said.includes(one)).slice(0, 1),
          });
          expect([heard, errors.length > 0]).toEqual([heard, refusal !== undefined]);
          refused[refusal === undefined ? 'no' : 'yes']++;
        }
      });
      expect(refused.yes).toBeGreaterThan(2);
      expect(refused.no).toBeGreaterThan(2);
    }, 3_600_000);
  },
);

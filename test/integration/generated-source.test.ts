import { describe, expect, it } from 'vitest';
import { exportOfSteps } from '../../src/campaign/offline/export-text.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { embeddedLean } from '../../src/execute/embedded/package-files.js';
import { makeCandidate } from '../../src/generate/schedule.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { faithful } from '../../src/kernel/mode.js';
import { tries } from '../support/long-form.js';
import { checked } from '../support/ndjson-file.js';

const lean = embeddedLean();

describe('what the source generator makes', () => {
  it('is accepted by our kernel where Lean accepts it, exported with all that it rests on', async () => {
    const wanted = tries(12, 1000);
    const counts = { accepted: 0, nothing: 0, noAnswer: 0 };
    await withLean({}, {}, async (executor) => {
      for (let run = 0; counts.accepted < wanted && run < 3 * wanted + 20; run++) {
        const settings = { seed: 4, depth: 15, level: 'source' as const };
        const candidate = makeCandidate(settings, run, { size: 0, pick: () => undefined });
        const { steps } = jobFor(candidate, []);
        const [execution] = await executor.run([{ level: 'source', steps, claims: [] }]);
        const good = steps.filter((_, at) => execution?.steps[at]?.outcome.kind === 'accepted');
        const exported = await exportOfSteps(executor, lean, good);
        if (exported.kind !== 'accepts') {
          counts.noAnswer++;
          continue;
        }
        const { answer, constants } = checked(exported.ndjson, {
          mode: faithful(lean.version),
          steps: 10_000_000,
        });
        const texts = good.map((step) => (step.kind === 'declaration' ? '' : step.text)).join('\n');
        // Before 4.35.0 a kernel runs compiled code for native_decide; ours has no answer there.
        if (answer.kind === 'noAnswer' && /compiled code to run$/.test(answer.why)) {
          counts.noAnswer++;
          continue;
        }
        expect({ answer, texts }).toEqual({ answer: { kind: 'accepts' }, texts });
        if (constants === 0) counts.nothing++;
        else counts.accepted++;
      }
    });
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    expect(counts.accepted).toBe(wanted);
    expect(counts.noAnswer).toBeLessThan(wanted / 2 + 5);
  }, 3_600_000);
});

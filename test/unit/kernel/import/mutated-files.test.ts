import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/util/random.js';
import { kernelCases } from '../../../support/kernel-cases/all.js';
import { tries } from '../../../support/long-form.js';
import { mutated } from '../../../support/mutated-file.js';
import { checked, exported } from '../../../support/ndjson-file.js';

describe('files with something changed', () => {
  const originals = kernelCases.map(({ declarations }) => exported(declarations).join('\n'));

  it('are accepted, rejected or declined at a line of theirs, and nothing else happens', () => {
    const random = Random.of(4242, 1);
    const counts = { accepts: 0, refuses: 0, noAnswer: 0 };
    let slowest = 0;
    for (let i = 0; i < tries(400, 10_000); i++) {
      const original = originals[random.below(originals.length)] ?? '';
      let file = Buffer.from(original);
      for (let times = 1 + random.below(2); times > 0 && file.length > 0; times--)
        file = isJson(file) ? Buffer.from(mutated(file, random)) : file;
      const startedAt = performance.now();
      const { answer, line } = checked(file, { steps: 100_000 });
      slowest = Math.max(slowest, performance.now() - startedAt);
      counts[answer.kind]++;
      expect(line).toBeGreaterThan(file.length === 0 ? -1 : 0);
      expect(line).toBeLessThanOrEqual(file.toString('latin1').split('\n').length);
      if (answer.kind !== 'accepts') expect(answer.why).toMatch(/^[^\n]{1,600}$/);
    }
    console.log(
      `accepted ${counts.accepts}, rejected ${counts.refuses}, declined ${counts.noAnswer}, ` +
        `the slowest in ${Math.round(slowest)} ms`,
    );
    expect(slowest, 'a hang').toBeLessThan(10_000);
    expect(counts.refuses).toBeGreaterThan(0.5 * (counts.refuses + counts.accepts + counts.noAnswer));
    expect(counts.accepts).toBeGreaterThan(0);
  });
});

/** Whether each line can still be read, as those that change values need. */
function isJson(file: Buffer): boolean {
  try {
    file
      .toString()
      .trimEnd()
      .split('\n')
      .forEach((line) => void JSON.parse(line));
    return true;
  } catch {
    return false;
  }
}

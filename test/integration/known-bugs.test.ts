import { describe, expect, it } from 'vitest';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { KernelUnit } from '../../src/ir/unit/kernel-unit.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { describeBug, knownBugs } from '../../src/judge/known-bugs.js';
import { candidate } from '../support/fakes.js';
import { declarationsOfBug } from '../support/known-bugs.js';
import { nativeLean } from '../support/native-lean.js';

const native = await nativeLean('known bugs on a native Lean');
const cases = knownBugs().filter(({ words }) => words !== undefined);

/** Which bugs a Lean has: whose smallest case it accepts to the end. */
async function presentOn(overrides: Parameters<typeof withLean>[0]): Promise<string[]> {
  return withLean(overrides, {}, async (lean) => {
    const jobs = cases.map((bug) => {
      const units = declarationsOfBug(bug).map((declaration) => KernelUnit.of(declaration));
      return jobFor(candidate({ level: 'kernel', units }), []);
    });
    const executions = await lean.run(jobs);
    return cases
      .filter((_, index) => executions[index]?.steps.every(({ outcome }) => outcome.kind === 'accepted'))
      .map(describeBug);
  });
}

/** Those that the table says a release was asked about, and which it has. */
function claimedOn(version: string): { asked: string[]; accepted: string[] } {
  const asked = cases.filter(({ accepted, refused }) => [...accepted, ...refused].includes(version));
  const accepted = asked.filter((bug) => bug.accepted.includes(version));
  return { asked: asked.map(describeBug), accepted: accepted.map(describeBug) };
}

describe('the table of known bugs', () => {
  it('says of the embedded Lean what it answers', async () => {
    const { asked, accepted } = claimedOn('4.28.0');
    expect(asked.length).toBeGreaterThan(3);
    expect((await presentOn({})).filter((bug) => asked.includes(bug))).toEqual(accepted);
  }, 60_000);

  it.skipIf(native?.version !== '4.35.0')('says of 4.35.0 what it answers', async () => {
    const { asked, accepted } = claimedOn('4.35.0');
    expect(asked.length).toBeGreaterThan(3);
    const present = await presentOn(native === undefined ? {} : { native });
    expect(present.filter((bug) => asked.includes(bug))).toEqual(accepted);
  });
});

import { expect, it } from 'vitest';
import { kernelCases } from '../support/kernel-cases/all.js';
import { kernelVerdicts } from '../support/kernel-verdicts.js';

/** Cases that need bodies which the oleans of the embedded Lean lack, or a String that is declared otherwise there. */
const needsBodies = /^(a sum with a literal on the right|a sum with a literal on the left)$/;

it('what we say of small cases in the name of 4.28.0 is what 4.28.0 says', async () => {
  const asked = kernelCases.filter(({ name, old }) => old !== 'noAnswer' && !needsBodies.test(name));
  const executions = await kernelVerdicts(asked.map(({ declarations }) => declarations));
  const different = asked.flatMap(({ name, declarations, old, bug }, i) => {
    const execution = executions[i];
    const refused = execution?.steps.findIndex(({ refusal }) => refusal !== null) ?? 0;
    const said =
      execution?.failure != null
        ? execution.failure.message
        : refused < 0
          ? 'accepts'
          : refused === declarations.length - 1
            ? 'refuses'
            : `refuses an earlier one: ${execution?.steps[refused]?.refusal?.message}`;
    return said === (bug ?? old) ? [] : [`${name}: ${said}, ${execution?.steps[refused]?.refusal?.message}`];
  });
  expect(different).toEqual([]);
  expect(asked.length).toBeGreaterThan(200);
});

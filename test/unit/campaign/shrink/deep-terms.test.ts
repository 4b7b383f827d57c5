import { describe, expect, it } from 'vitest';
import { halveTerms, kernelPasses } from '../../../../src/campaign/shrink/kernel-passes.js';
import { weigh, type Subject } from '../../../../src/campaign/shrink/subject.js';
import { constant, nat } from '../../../../src/ir/expr.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { deepTerms } from '../../../support/deep-terms.js';
import { def, equation, Nat } from '../../../support/kernel-cases/case.js';

const lineage = { seed: 0, run: 0, parents: [], mutators: [], categories: [] };
/** Edits of a pass that are made. */
const some = 3;

describe('the passes of the minimiser', () => {
  it.each(Object.entries(deepTerms))('take terms that no stack holds: %s', (_, build) => {
    const units = [
      KernelUnit.of(def('A', Nat, nat(3))),
      KernelUnit.of(def('B', Nat, build(20_000))),
      KernelUnit.of(equation('C', Nat, constant('A'), constant('A'))),
    ];
    const subject: Subject = { candidate: { level: 'kernel', units, lineage } };
    for (const pass of [...kernelPasses, halveTerms]) {
      let made = 0;
      for (const edit of pass.edits(subject, 0)) {
        const edited = edit();
        // To weigh a form is to write it.
        if (edited !== undefined) expect(weigh(edited)).toBeGreaterThanOrEqual(0);
        if (++made >= some) break;
      }
    }
  });
});

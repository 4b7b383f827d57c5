import { expect, it } from 'vitest';
import { describeSignature } from '../../src/api/signature.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { isNameable, isReducible, nameFinding } from '../../src/campaign/shrink/name-finding.js';
import { zygoteOf } from '../../src/execute/native/chosen-lean.js';
import { constant, nat } from '../../src/ir/expr.js';
import { define } from '../../src/ir/hoas.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { judge } from '../../src/judge/judge.js';
import { ownKernelFor } from '../../src/judge/own-kernel.js';
import { hanging, loop } from '../support/endless-units.js';
import { candidate, finding } from '../support/fakes.js';
import { kernelUnit } from '../support/kernel-units.js';
import { embedded } from '../support/leans.js';
import { isLongForm } from '../support/long-form.js';
import { nativeLean } from '../support/native-lean.js';

const native = await nativeLean('crash leads on a native Lean');
const Nat = constant('Nat');
const junk = (index: number) => kernelUnit(define(`junk_${index}`, [], Nat, nat(index)));

const jobMillis = 1000;
/** The embedded one takes half a minute. */
const leans = [native, isLongForm ? embedded : undefined];

it.each(leans.flatMap((lean) => (lean === undefined ? [] : [lean])))(
  'makes what ends an executor smaller, from the declaration on that it was at: $kind',
  async (lean) => {
    const before = Array.from({ length: 12 }, (_, i) => junk(i));
    const behind = Array.from({ length: 11 }, (_, i) => junk(i + 12));
    const all = candidate({ level: 'kernel', units: [loop, ...before, hanging, ...behind] });
    const own = ownKernelFor(lean);
    await withLean(
      lean === native ? await zygoteOf(native, { level: 'kernel', mutant: null }) : {},
      { jobMillis },
      async (executor) => {
        const [execution] = await executor.run([jobFor(all, [])]);
        expect(execution?.end).toMatchObject({ kind: 'timeout', at: 13 });
        if (execution === undefined) return;
        const verdict = judge(own.environment, all, [], execution, 1);
        if (verdict.kind !== 'lead') throw new Error('no lead');
        // A campaign leaves what takes so long for its end.
        expect([isNameable(verdict), isReducible(verdict)]).toEqual([false, true]);
        const lead = finding({ candidate: all, claim: undefined, form: 'named', verdict });
        const begun = performance.now();
        const isOver = (): boolean => performance.now() - begun > 4 * jobMillis;
        const named = await nameFinding(executor, lead, { own, jobMillis, isOver, toTheEnd: true });
        expect(named && describeSignature(named.verdict.signature)).toBe(
          describeSignature(verdict.signature),
        );
        expect(named?.candidate.units.length).toBe(2);
        expect(named?.verdict.reasons.at(-1)).toMatch(
          /^minimised: 25 declarations of size \d+ to 2 declarations of/,
        );
      },
    );
  },
  90_000,
);

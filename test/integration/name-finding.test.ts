import { expect, it } from 'vitest';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { nameFinding } from '../../src/campaign/shrink/name-finding.js';
import { freeVariable, readableProof } from '../../src/campaign/offline/selftest/kernel-cases.js';
import { describeSignature } from '../../src/api/signature.js';
import { constant, nat } from '../../src/ir/expr.js';
import { define } from '../../src/ir/hoas.js';
import { ownKernelFor } from '../../src/judge/own-kernel.js';
import { candidate, finding, leadVerdict, signature, verdict } from '../support/fakes.js';
import { kernelUnit } from '../support/kernel-units.js';
import { embedded } from '../support/leans.js';

const junk = (index: number) => kernelUnit(define(`junk_${index}`, [], constant('Nat'), nat(index)));
const [odd] = freeVariable.inOpaque.candidate.units;
const asked = signature({
  rule: { kind: 'accepts', breaks: 'a free variable' },
  place: { kind: 'declaration', shape: 'opaque', asked: 'broken something' },
});

it('names findings by what the theory refuses in their smallest form, and leaves nothing in them that they do not need', async () => {
  const own = ownKernelFor(embedded);
  const { candidate: proof, claim } = readableProof.inMutualBlock;
  const solution = finding({
    candidate: { ...proof, units: [junk(0), ...proof.units, junk(1)] },
    claim,
    form: 'found',
    verdict: verdict({ reasons: [`"${claim.name}" proves False`], claim: claim.name }),
  });
  const units = [junk(0), odd?.with({ kind: 'broken something', expected: 'reject' }) ?? junk(1)];
  const lead = finding({
    candidate: candidate({ level: 'kernel', units }),
    claim: undefined,
    form: 'found',
    verdict: leadVerdict({ reasons: ['odd: junk_0'], signature: asked, suspect: 1 }),
  });
  const honest = finding({
    candidate: candidate({ level: 'kernel', units: [junk(0)] }),
    claim: undefined,
    form: 'found',
    verdict: leadVerdict({ signature: asked }),
  });
  await withLean({}, {}, async (lean) => {
    const name = (of: typeof lead) => nameFinding(lean, of, { own, jobMillis: 10_000, isOver: () => false });
    const proved = await name(solution);
    expect(proved && describeSignature(proved.verdict.signature)).toMatch(
      /^solution accepted .*: data out of a proof$/,
    );
    expect(proved?.candidate.units.flatMap(({ declares }) => declares).join(' ')).not.toContain('junk');
    expect(proved?.verdict.reasons[0]).toBe(`"${claim.name}" proves False`);
    // The elaborator refuses the projection that the kernel takes; of a free variable there is no text.
    expect(proved).toMatchObject({ elaborated: false });
    expect(proved?.asked).toEqual(solution.verdict.signature);

    const named = await name(lead);
    expect(named && describeSignature(named.verdict.signature)).toBe('accepted opaque: a free variable');
    expect(named).toMatchObject({ form: 'smallest', elaborated: false, asked, id: lead.id });
    expect(named?.candidate.units).toHaveLength(1);
    // Names that are gone stand in what is said of the former form alone.
    expect(named?.verdict.reasons.slice(0, 2)).toEqual([
      'accepted (broken something), though our own checker says: a free variable',
      'before minimising: odd: junk_0',
    ]);
    expect(named?.verdict.reasons.at(-1)).toMatch(
      /^minimised: 2 declarations of size \d+ to 1 declaration of/,
    );
    // The same again: what is tried hangs on the finding alone.
    expect(await name(lead)).toEqual(named);

    const kept = await name(honest);
    expect(kept).toMatchObject({ form: 'named', elaborated: true, candidate: honest.candidate });
    expect(kept?.verdict.reasons.at(-1)).toMatch(/^it could not be made smaller: /);
    expect(await nameFinding(lean, lead, { own, jobMillis: 10_000, isOver: () => true })).toBeUndefined();
  });
}, 90_000);

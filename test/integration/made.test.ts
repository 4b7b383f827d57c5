import { describe, expect, it } from 'vitest';
import { describeSignature } from '../../src/api/signature.js';
import type { Candidate } from '../../src/api/candidate.js';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import type { ZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import type { KernelPatch } from '../../src/execute/native/lean-host.js';
import { KernelGenerator } from '../../src/generate/kernel/kernel-generator.js';
import { askAboutTerms } from '../../src/judge/ask/ask-about-terms.js';
import type { AskedAgain } from '../../src/judge/ask/asked-again.js';
import { compareWithOwn, readByOwn } from '../../src/judge/ask/compare-with-own.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { ownKernelFor, type OwnKernel } from '../../src/judge/own-kernel.js';
import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { Random } from '../../src/util/random.js';
import { embedded } from '../support/leans.js';
import { nativeLean } from '../support/native-lean.js';

const native = await nativeLean('what a native kernel makes of inductive declarations');

const inFunction = (name: string, offset: number, before: number): KernelPatch => ({
  symbol: `_ZN4lean16add_inductive_fn${name}`,
  ...{ offset, before: [before], after: [before ^ 1] },
});
const rules = '12mk_rec_rulesEjRKNS_6bufferINS_4exprELm16EEES5_Rj';

/** Single branches of Lean 4.35.0, inverted, and what is to be said of them. */
const planted: readonly (readonly [what: string, patch: KernelPatch, lead: string])[] = [
  [
    'binders of recursors',
    inFunction('12mk_rec_infosEv', 2085, 0x82),
    'made .*: recursor, binders of the type',
  ],
  ['rules left out', inFunction(rules, 112, 0x84), 'made .*: recursor, rules'],
  ['rules of another type', inFunction(rules, 1047, 0x83), 'incomplete .*'],
  ['large elimination', inFunction('15init_elim_levelEv', 24, 0x74), 'made .*: recursor, level parameters'],
  ['recursion', inFunction('6is_recEv', 24, 0x84), 'made .*: inductive, recursive'],
];

/** Generated chains with an inductive type. */
function chains(count: number): Candidate[] {
  const found: Candidate[] = [];
  for (let run = 0; found.length < count; run++) {
    const units = new KernelGenerator(Random.of(5, 1, run), String(run), 12, commonEnvironment).fresh();
    const lineage = { seed: 5, run, parents: [], mutators: [], categories: [] };
    const isMaking = units.some((unit) => unit.form === 'kernel' && unit.declaration.kind === 'inductive');
    if (isMaking) found.push({ lineage, level: 'kernel', units });
  }
  return found;
}

/** Results of comparing chains with our own kernel, and how many of them answer a question about terms otherwise. */
async function compared(
  candidates: readonly Candidate[],
  own: OwnKernel,
  options: Partial<ZygoteOptions>,
): Promise<{ said: AskedAgain[]; wrong: number }> {
  return withLean(options, {}, async (lean) => {
    const said: AskedAgain[] = [];
    let wrong = 0;
    for (const candidate of candidates) {
      const [execution] = await lean.run([jobFor(candidate, [])]);
      if (execution === undefined || execution.end.kind !== 'finished') continue;
      const reading = readByOwn(candidate, execution, own, true);
      said.push(await compareWithOwn(lean, candidate, execution, reading, own));
      if ((await askAboutTerms(lean, candidate, execution, reading.environment, own)) !== undefined) wrong++;
    }
    return { said, wrong };
  });
}

describe('the embedded kernel', () => {
  it('makes of inductive declarations what ours derives, and answers questions about terms as ours', async () => {
    const { said, wrong } = await compared(chains(60), ownKernelFor(embedded), {});
    expect(said.filter(({ kind }) => kind === 'refuses')).toEqual([]);
    expect(said.filter(({ kind }) => kind === 'accepts').length).toBeGreaterThan(50);
    expect(wrong).toBe(0);
  });
});

describe.skipIf(native === undefined)('a native kernel', () => {
  const real = native as NativeLean;
  const own = ownKernelFor(real);

  it('makes of inductive declarations what ours derives, and answers questions about terms as ours', async () => {
    const { said, wrong } = await compared(chains(200), own, { native: real });
    expect(said.filter(({ kind }) => kind === 'refuses')).toEqual([]);
    expect(said.filter(({ kind }) => kind === 'accepts').length).toBeGreaterThan(190);
    expect(wrong).toBe(0);
  });

  it.each(planted)('is noticed where it is wrong about %s', async (_, patch, lead) => {
    const { said } = await compared(chains(60), own, { native: real, patch });
    const signatures = said.flatMap((one) => (one.kind === 'refuses' ? [one.signature] : []));
    expect(signatures.some((signature) => new RegExp(`^${lead}`).test(describeSignature(signature)))).toBe(
      true,
    );
  });
});

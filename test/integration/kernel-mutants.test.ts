import { describe, expect, it } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { canaries } from '../../src/execute/native/canaries.js';
import { codeMapOf } from '../../src/execute/native/code/cached-map.js';
import { patchOf } from '../../src/execute/native/kernel-mutants.js';
import { encode } from '../../src/ir/encode.js';
import { drawMutant } from '../../bench/mutants/draw.js';
import { between } from '../../bench/mutants/common-run.js';
import { Random } from '../../src/util/random.js';
import { accepted, execution, refused } from '../support/fakes.js';
import { nativeLean } from '../support/native-lean.js';
import { errorOf } from '../support/outcomes.js';

const native = await nativeLean('mutants of a native kernel');
const branch = '_ZN4lean12type_checker10infer_projERKNS_4exprEb+0x517';

describe.skipIf(native === undefined || process.arch !== 'x64')('a branch of a real kernel', () => {
  const lean = native as NativeLean;
  const verdictOf = async (name: string, mutant: string): Promise<(string | null)[]> => {
    const { declarations } = canaries.find((canary) => canary.name === name) ?? { declarations: [] };
    const steps = declarations.map((one) => ({ kind: 'declaration' as const, words: encode([one]) }));
    const [answer] = await withLean({ native: lean, patch: patchOf(lean, mutant) }, {}, (executor) =>
      executor.run([{ level: 'kernel', steps, claims: [] }]),
    );
    return answer?.steps.map(errorOf) ?? [];
  };

  it('is inverted, taken always, or taken never', async () => {
    // The branch is taken where the field is no proof: then the projection is refused.
    const projection = 'data projected out of a proposition';
    expect(await verdictOf(projection, branch)).toEqual([null, null, null]);
    expect(await verdictOf(projection, `${branch}:never`)).toEqual([null, null, null]);
    expect(await verdictOf(projection, `${branch}:always`)).toEqual([null, null, 'kernel.invalidProj']);
    expect(await verdictOf('a projection', `${branch}:never`)).toEqual([null, null]);
  });

  it('is refused by another way, and where there is none', () => {
    expect(() => patchOf(lean, `${branch}:often`)).toThrow(/^--kernel-mutant: got "[^"]*:often"/);
    expect(() => patchOf(lean, branch.replace('0x517', '0x516'))).toThrow('where the bytes are');
  });

  it('is drawn by the seed, from the branches that decide something', () => {
    const map = codeMapOf(lean);
    if (typeof map === 'string') throw new Error(map);
    const draw = (seed: number): string[] => {
      const random = Random.of(seed);
      return Array.from({ length: 20 }, () => drawMutant(random, map).mutant);
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
    for (const mutant of draw(3)) expect(patchOf(lean, mutant).after.length).toBeGreaterThan(0);
  });
});

describe('what tells two kernels apart', () => {
  const yes = execution({ steps: [accepted()] });
  const no = execution({ steps: [refused('no')] });
  const made = { constants: [], terms: Uint32Array.of(1, 2) };

  it('is an answer or what is built, never an answer that is missing', () => {
    expect(between(yes, no)).toBe('refuses more');
    expect(between(no, yes)).toBe('accepts more');
    expect(between(yes, yes)).toBe('same');
    const failed = execution({ steps: [], end: { kind: 'crashed', message: '', at: 0 } });
    expect(between(yes, failed)).toBe('same');
    expect(between({ ...yes, made }, { ...yes, made: { ...made, terms: Uint32Array.of(1, 3) } })).toBe(
      'builds otherwise',
    );
    expect(between({ ...yes, made }, { ...yes, made })).toBe('same');
  });
});

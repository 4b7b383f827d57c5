import { commonEnvironment } from '../../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import type { FailureKind } from '../../../src/api/execution.js';
import { claimsFor } from '../../../src/judge/claims.js';
import { describeSignature } from '../../../src/api/signature.js';
import { isDiscovery, type Verdict } from '../../../src/api/verdict.js';
import { judge } from '../../../src/judge/judge.js';
import { candidate, execution, proved, refused, unit } from '../../support/fakes.js';

const plain = candidate();
const names = claimsFor(plain).map((claim) => claim.name);
const decide = names.indexOf('decide');

/** Results of the plain candidate's claims: all refused but the one at `decide`. */
function claims(result: ReturnType<typeof proved>): ReturnType<typeof proved>[] {
  return names.map((_, index) => (index === decide ? result : refused('no')));
}

function signatureOf(verdict: Verdict): string {
  return isDiscovery(verdict) ? describeSignature(verdict.signature) : verdict.kind;
}

describe('claimsFor', () => {
  it("tries the seven suffixes, each for a theorem of False of the judge's own name", () => {
    expect(names).toEqual([
      ...['trivial', 'simp_all', 'native_decide', 'omega', 'decide', 'assumption', 'inferInstance'],
    ]);
    for (const { constant, step } of claimsFor(plain)) {
      expect(constant).toBe('soundness_check');
      expect(step).toHaveProperty('text', expect.stringContaining('theorem soundness_check : False := '));
    }
  });

  it('adds a paradox probe for a type that takes functions from itself', () => {
    const inductive = unit({
      kind: 'inductive',
      text: 'inductive T : Type\n  | mk : (T → False) → T',
      declares: ['T', 'T.mk'],
    });
    const probes = claimsFor(candidate({ units: [inductive] })).slice(names.length);
    expect(probes).toHaveLength(1);
    expect(probes[0]?.step).toHaveProperty('text', expect.stringContaining('solve_by_elim [T.mk]'));
  });

  it('tries no text on the kernel level', () => {
    expect(claimsFor(candidate({ level: 'kernel' }))).toEqual([]);
  });
});

describe('judge', () => {
  it('finds a candidate dull that shows nothing new', () => {
    expect(
      judge(
        commonEnvironment,
        plain,
        claimsFor(plain),
        execution({ claims: names.map(() => refused('no')) }),
        0,
      ).kind,
    ).toBe('dull');
  });

  it('finds one interesting that shows new features, and says how many', () => {
    const verdict = judge(commonEnvironment, plain, claimsFor(plain), execution(), 3);
    expect(verdict).toMatchObject({ kind: 'interesting', reasons: ['3 new features'] });
  });

  it('takes a claim that survives the audit for a solution', () => {
    const verdict = judge(
      commonEnvironment,
      plain,
      claimsFor(plain),
      execution({ claims: claims(proved({ importedAxioms: ['propext'] })) }),
      0,
    );
    expect(verdict).toMatchObject({ kind: 'solution', claim: 'decide', axioms: ['propext'] });
    expect(verdict.reasons).toEqual(['"decide" proves False']);
  });

  it('takes a claim that is accepted but not believed for a lead', () => {
    const verdict = judge(
      commonEnvironment,
      plain,
      claimsFor(plain),
      execution({ claims: claims(proved({ importedAxioms: ['sorryAx'] })) }),
      0,
    );
    expect(verdict).toMatchObject({ kind: 'lead', claim: 'decide' });
    expect(verdict.reasons[0]).toContain('sorryAx');
  });

  it('gives one signature to proofs that rest on the same kinds of units, whatever their names', () => {
    const signature = (name: string, kind: string): string => {
      const reached = [{ name, kind: 'definition', unsafe: false, partial: false } as const];
      const of = candidate({
        units: [unit({ kind, declares: [name] }), unit({ kind: 'class', declares: [] })],
      });
      const seen = execution({ claims: claims(proved({ reached })) });
      return signatureOf(judge(commonEnvironment, of, claimsFor(of), seen, 0));
    };
    expect(signature('a', 'def')).toBe(signature('b', 'def'));
    expect(signature('a', 'def')).not.toBe(signature('a', 'structure'));
  });

  it.each<[FailureKind, string]>([
    ['timeout', 'lead'],
    ['out-of-memory', 'lead'],
    ['stack-overflow', 'lead'],
    ['crashed', 'lead'],
    ['too-large', 'dull'],
  ])('a failure of kind %s is %s', (kind, verdict) => {
    const failure = { kind, message: 'what happened', at: 0 };
    const result = judge(commonEnvironment, plain, claimsFor(plain), execution({ end: failure }), 0);
    expect(result.kind).toBe(verdict);
    expect(result.reasons).toEqual([`${kind}: what happened`]);
  });

  it('tells failures apart by how they failed and on what, not by names and numbers', () => {
    const signature = (at: number, message: string): string => {
      const failure = { kind: 'timeout', message, at } as const;
      return signatureOf(judge(commonEnvironment, plain, claimsFor(plain), execution({ end: failure }), 0));
    };
    expect(signature(0, 'no result after 10 ms')).toBe(signature(0, 'no result after 20 ms'));
    expect(signature(0, 'no result after 10 ms')).toMatch(/^timeout in \w+: no result after/);
    const behind = plain.units.length;
    expect(signature(behind, 'x')).toBe(`timeout in claim ${claimsFor(plain)[0]?.name}: x`);
  });

  it('puts a proof of False before a crash behind it', () => {
    const failure = { kind: 'crashed', message: 'x', at: 9 } as const;
    expect(
      judge(
        commonEnvironment,
        plain,
        claimsFor(plain),
        execution({ claims: claims(proved()), end: failure }),
        0,
      ).kind,
    ).toBe('solution');
  });
});

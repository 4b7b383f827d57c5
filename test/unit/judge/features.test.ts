import { describe, expect, it } from 'vitest';
import type { ConstantShape, Execution } from '../../../src/api/execution.js';
import { featuresOf } from '../../../src/judge/features.js';
import { accepted, candidate, execution, proved, refused, unit } from '../../support/fakes.js';

const two = candidate({ units: [unit({ kind: 'inductive' }), unit({ kind: 'theorem' })] });
const shape: ConstantShape = { name: 'T1_0', kind: 'inductive', levelParams: 1, numbers: [1, 0, 2] };

function features(parts: Partial<Execution>, of = two): number[] {
  return [...featuresOf(of, execution(parts))].sort();
}

describe('featuresOf', () => {
  it('gives the same features for the same execution', () => {
    const parts = { steps: [accepted(), refused('no')], shapes: [shape], claims: [refused('failed')] };
    expect(features(parts)).toEqual(features(structuredClone(parts)));
    expect(features(parts).length).toBeGreaterThan(3);
  });

  it('tells apart, at source level, what an accepted declaration builds on', () => {
    const units = [unit({ kind: 'class', declares: ['C1_0'] }), unit({ kind: 'def', uses: ['C1_0'] })];
    const steps = [accepted(), accepted()];
    const alone = candidate({ units: units.map((of) => of.with({ uses: [] })) });
    expect(features({ steps }, candidate({ units })).length).toBe(features({ steps }, alone).length + 1);
  });

  it('tells much work from little', () => {
    const steps = [accepted(), { ...accepted(), heartbeats: 1e6 }];
    expect(features({ steps })).not.toEqual(features({ steps: [accepted(), accepted()] }));
  });

  it('lists none twice', () => {
    const result = features({ steps: [refused('no'), refused('no')], shapes: [shape, shape] });
    expect(new Set(result).size).toBe(result.length);
  });

  it('does not depend on time', () => {
    expect(features({ steps: [accepted(1)] })).toEqual(features({ steps: [accepted(99_999)] }));
  });

  const base: Partial<Execution> = { steps: [accepted(), refused('unknown tactic')], shapes: [shape] };
  it.each<[string, Partial<Execution>]>([
    ['another refusal', { ...base, steps: [accepted(), refused('unsolved goals')] }],
    ['no refusal', { ...base, steps: [accepted(), accepted()] }],
    ['the other unit refused', { ...base, steps: [refused('unknown tactic'), accepted()] }],
    ['another shape', { ...base, shapes: [{ ...shape, numbers: [1, 1, 2] }] }],
    ['another kind of constant', { ...base, shapes: [{ ...shape, kind: 'recursor' }] }],
    ['a failure', { ...base, end: { kind: 'timeout', message: '', at: 0 } }],
    ['a claim that fails in its own way', { ...base, claims: [refused('something new')] }],
  ])('gives other features for %s', (_, parts) => {
    expect(features(parts)).not.toEqual(features(base));
  });

  it('tells failures apart', () => {
    const failed = (kind: 'timeout' | 'crashed'): number[] => features({ end: { kind, message: '', at: 0 } });
    expect(failed('timeout')).not.toEqual(failed('crashed'));
  });

  it('takes names and large numbers as all the same', () => {
    const renamed = { ...shape, name: 'T9_9', numbers: [1, 0, 2] };
    expect(features({ shapes: [renamed] })).toEqual(features({ shapes: [shape] }));
    const large = (n: number): number[] => features({ shapes: [{ ...shape, numbers: [n] }] });
    expect(large(8)).toEqual(large(5000));
    expect(large(7)).not.toEqual(large(8));
  });

  it('learns nothing from a claim that is accepted: that is the judge’s', () => {
    expect(features({ claims: [proved()] })).toEqual(features({ claims: [] }));
  });
});

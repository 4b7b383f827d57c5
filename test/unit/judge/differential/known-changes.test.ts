import { describe, expect, it } from 'vitest';
import { mendedBug, modelledChange } from '../../../../src/judge/differential/known-changes.js';

describe('a mended bug', () => {
  it('explains what an older release accepts and a newer one refuses', () => {
    expect(mendedBug('4.28.0', '4.33.0', 'data out of a proof', 'theorem')).toMatch(
      /#14613, fixed in 4\.33\.0/,
    );
    expect(mendedBug('4.33.0', '4.35.0', 'data out of a proof', 'theorem')).toMatch(
      /#14807, fixed in 4\.33\.1/,
    );
    expect(mendedBug('4.32.1', '4.32.2', 'an argument of another type', 'nested inductive')).toMatch(
      /#14577/,
    );
  });

  it('explains nothing where the newer release accepts, both have the change, or it says something else', () => {
    expect(mendedBug('4.35.0', '4.28.0', 'data out of a proof', 'theorem')).toBeUndefined();
    expect(mendedBug('4.33.1', '4.35.0', 'data out of a proof', 'theorem')).toBeUndefined();
    expect(mendedBug('4.35.0', '4.35.0', 'data out of a proof', 'theorem')).toBeUndefined();
    expect(mendedBug('4.28.0', '4.35.0', 'a value of another type', 'theorem')).toBeUndefined();
    expect(mendedBug('4.28.0', '4.35.0', 'an argument of another type', 'theorem')).toBeUndefined();
    expect(mendedBug('unknown', '4.35.0', 'data out of a proof', 'theorem')).toBeUndefined();
  });
});

describe('a modelled change', () => {
  const until = (...boundary: number[]) => {
    return (release: string): string => {
      const parts = release.split('.').map(Number);
      const at = parts.findIndex((part, i) => part !== boundary[i]);
      return at < 0 || (parts[at] ?? 0) > (boundary[at] ?? 0) ? 'accept' : 'reject';
    };
  };

  it('is the one at which our own answer changes', () => {
    expect(modelledChange('4.28.0', '4.35.0', 'inductive', until(4, 33, 0))).toMatch(/#14613, #14615/);
    expect(modelledChange('4.35.0', '4.28.0', 'inductive', until(4, 33, 1))).toMatch(/#14808/);
    expect(modelledChange('4.28.0', '4.35.0', 'theorem', until(4, 33, 1))).toMatch(/#14849/);
    expect(modelledChange('4.34.0', '4.35.0', 'theorem', until(4, 35, 0))).toMatch(/#14953/);
  });

  it('must lie between the two', () => {
    expect(modelledChange('4.34.0', '4.35.0', 'theorem', until(4, 33, 1))).toBeUndefined();
    expect(modelledChange('4.28.0', '4.32.2', 'theorem', until(4, 33, 0))).toBeUndefined();
  });
});

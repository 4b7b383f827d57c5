import { describe, expect, it } from 'vitest';
import { Bandit } from '../../../src/generate/bandit.js';
import { Random } from '../../../src/util/random.js';

const arms = ['rich', 'poor', 'unknown'].map((name) => ({ name, weight: 1 }));

function countsOf(bandit: Bandit): Record<string, number> {
  const random = Random.of(5);
  const counts: Record<string, number> = { rich: 0, poor: 0, unknown: 0 };
  for (let i = 0; i < 3000; i++) {
    const { name } = bandit.choose(random, arms);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('Bandit', () => {
  it('goes by the weights alone before it has learned anything', () => {
    for (const count of Object.values(countsOf(new Bandit()))) expect(count).toBeGreaterThan(850);
  });

  it('tries what finds much more often, and never forgets the rest', () => {
    const bandit = new Bandit();
    for (let i = 0; i < 200; i++) {
      bandit.learn('rich', 2, 1);
      bandit.learn('poor', 0, 1);
    }
    const { rich = 0, poor = 0 } = countsOf(bandit);
    expect(rich).toBeGreaterThan(4 * poor);
    expect(poor).toBeGreaterThan(100);
  });

  it('changes its mind when a rich arm dries up', () => {
    const bandit = new Bandit();
    for (let i = 0; i < 100; i++) bandit.learn('rich', 3, 1);
    const before = bandit.factor('rich');
    for (let i = 0; i < 3000; i++) bandit.learn(i % 2 === 0 ? 'rich' : 'poor', i % 2, 1);
    expect(bandit.factor('rich')).toBeLessThan(before);
    expect(bandit.factor('poor')).toBeGreaterThan(bandit.factor('rich'));
  });

  it('does not let one lucky candidate decide', () => {
    const bandit = new Bandit();
    bandit.learn('rich', 1000, 1);
    expect(countsOf(bandit)['rich']).toBeLessThan(2500);
  });
});

import { describe, expect, it } from 'vitest';
import { Pursuit } from '../../../src/campaign/pursuit.js';

describe('a pursuit of leads', () => {
  it('is worn where leads of one signature and kind were followed in vain for long', () => {
    const pursuit = new Pursuit();
    for (let i = 0; i < 40; i++) {
      expect(pursuit.isWorn('accepted theorem: odd', 'broken term')).toBe(false);
      pursuit.follow('accepted theorem: odd', 'broken term');
    }
    expect(pursuit.isWorn('accepted theorem: odd', 'broken term')).toBe(true);
    expect(pursuit.isWorn('accepted theorem: odd', 'broken level')).toBe(false);
    expect(pursuit.isWorn('accepted opaque: odd', 'broken term')).toBe(false);
  });

  it('is worn sooner where they came to False, however their suspects were made', () => {
    const pursuit = new Pursuit();
    for (let i = 0; i < 3; i++) {
      expect(pursuit.isWorn('accepted opaque: odd', 'broken term')).toBe(false);
      pursuit.prove('solution accepted opaque: odd');
    }
    expect(pursuit.isWorn('accepted opaque: odd', 'broken term')).toBe(true);
    expect(pursuit.isWorn('accepted opaque: odd', 'broken level')).toBe(true);
    expect(pursuit.isWorn('accepted theorem: odd', 'broken term')).toBe(false);
  });
});

import { expect, it } from 'vitest';
import { varietyWarning } from '../../../src/campaign/variety.js';
import { snapshot } from '../../support/fakes.js';

it('warns where many candidates have shown few behaviours, and says the numbers', () => {
  const monotonous = snapshot({ candidates: 600, features: 3, declarations: 900, declarationsAccepted: 0 });
  expect(varietyWarning(monotonous)).toMatch(/^warning: 600 candidates have shown 3 different .* 0 of 900/);
});

it.each([
  ['too early', { candidates: 100, features: 3 }],
  ['enough behaviours', { candidates: 5000, features: 40 }],
])('says nothing: %s', (_, parts) => {
  expect(varietyWarning(snapshot(parts))).toBeUndefined();
});

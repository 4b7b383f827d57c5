import { expect, it } from 'vitest';
import {
  builtInChange,
  customChange,
  lineageName,
  mutatorIn,
} from '../../../../src/generate/custom/lineage-name.js';

it.each([
  [builtInChange('splice'), 'splice'],
  [customChange('edge', ''), 'custom:edge'],
  [customChange('edge+', 'of-two'), 'custom:edge+:of-two'],
  [customChange('edge', '0:to:1'), 'custom:edge:0:to:1'],
])('says a change in a lineage, where its mutator is found again: %o', (change, text) => {
  expect(lineageName(change)).toBe(text);
  expect(mutatorIn(text)).toBe(change.mutator);
});

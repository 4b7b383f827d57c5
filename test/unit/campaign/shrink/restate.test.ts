import { expect, it } from 'vitest';
import { restate } from '../../../../src/campaign/shrink/restate.js';
import { TextUnit } from '../../../../src/ir/unit/text-unit.js';
import { candidate } from '../../../support/fakes.js';

const declaring = (...names: string[]) => ({
  candidate: candidate({
    units: names.map((name) => new TextUnit({ kind: 'x', declares: [name] }, `axiom ${name} : True`)),
  }),
});
const before = declaring('T5b_0', 'kept', 'f');
const after = declaring('A', 'kept');

it('says what the smaller form shows, and marks what was said of the former one', () => {
  expect(restate(['T5b_0.c0: a name twice', 'run again'], ['A.a: a name twice'], before, after)).toEqual([
    'A.a: a name twice',
    'before minimising: T5b_0.c0: a name twice',
    'run again',
  ]);
});

it('leaves reasons alone that are still true', () => {
  const reasons = ['"x" proves False', 'about kept', 'f_1 and If, f1 and f!', 'about f: odd'];
  expect(restate(reasons, ['"x" proves False'], before, after)).toEqual([
    ...['"x" proves False', 'about kept', 'f_1 and If, f1 and f!'],
    'before minimising: about f: odd',
  ]);
});

it('finds names in a text of which nobody has said what it declares', () => {
  const text = { candidate: candidate({ units: [new TextUnit({ kind: 'x' }, 'axiom T5b_0 : True')] }) };
  expect(restate(['T5b_0: odd', 'kept: odd'], [], before, text)).toEqual([
    'T5b_0: odd',
    'before minimising: kept: odd',
  ]);
});

it('marks names where nothing was asked again, and nothing twice', () => {
  const once = restate(['T5b_0: odd', 'crashed'], [], before, after);
  expect(once).toEqual(['before minimising: T5b_0: odd', 'crashed']);
  expect(restate(once, [], before, after)).toEqual(once);
});

it('does not take for a name what the mark of a former reason says', () => {
  const minimising = { candidate: declaring('minimising', 'kept').candidate };
  const once = restate(['kept: odd', 'about minimising'], ['kept: odd', 'now: odd'], minimising, after);
  expect(once).toEqual(['kept: odd', 'now: odd', 'before minimising: about minimising']);
  expect(restate(once, ['now: even'], minimising, after)).toEqual([
    'now: even',
    'before minimising: kept: odd',
    'now: odd',
    'before minimising: about minimising',
  ]);
});

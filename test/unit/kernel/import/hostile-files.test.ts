import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/ndjson-file.js';
import { faithful } from '../../../../src/kernel/mode.js';

const head = [
  '{"meta":{"format":{"version":"3.1.0"}}}',
  '{"il":1,"succ":0}',
  '{"ie":0,"sort":0}',
  '{"ie":1,"sort":1}',
];
const axiom = (name: number): string =>
  JSON.stringify({ axiom: { name, levelParams: [], type: 0, isUnsafe: false } });
const many = (count: number, line: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => line(i));

/** The line of an inductive type of so many constructors, whose types are all the same expression. */
function enumeration(constructors: number, type: number): string {
  const ctors = many(constructors, String).map((_, cidx) => ({
    ...{ name: cidx + 2, levelParams: [], type, induct: 1, cidx, numParams: 0 },
    ...{ numFields: 0, isUnsafe: false },
  }));
  const names = ctors.map(({ name }) => name);
  const counts = { numParams: 0, numIndices: 0, numNested: 0 };
  const flags = { isRec: false, isReflexive: false, isUnsafe: false };
  const types = [{ name: 1, levelParams: [], type: 1, all: [1], ctors: names, ...counts, ...flags }];
  return JSON.stringify({ inductive: { types, ctors, recs: [] } });
}

const files: Readonly<Record<string, readonly [lines: () => string[], why: RegExp]>> = {
  'a name of 2^53 - 1': [
    () => ['{"in":1,"num":{"pre":0,"i":9007199254740991}}', axiom(1)],
    /more than 15 digits in a name/,
  ],
  'a name of 100,000 parts': [
    () => [...many(100_000, (i) => `{"in":${i + 1},"str":{"pre":${i},"str":"a"}}`), axiom(100_000)],
    /long names of more than/,
  ],
  'a name of a megabyte': [
    () => [`{"in":1,"str":{"pre":0,"str":"${'x'.repeat(1 << 20)}"}}`, axiom(1)],
    /a name of more than 65536 characters/,
  ],
  '5,000 constructors': [
    () => [
      '{"in":1,"str":{"pre":0,"str":"T"}}',
      ...many(5000, (i) => `{"in":${i + 2},"str":{"pre":1,"str":"c${i}"}}`),
      '{"ie":2,"const":{"name":1,"us":[]}}',
      enumeration(5000, 2),
    ],
    /T: out of fuel/,
  ],
};

describe('a file that takes too much', () => {
  it.each(Object.entries(files))('is declined soon: %s', (_, [lines, why]) => {
    const begun = process.cpuUsage();
    for (const mode of [undefined, faithful('4.35.0')])
      expect(checked([...head, ...lines()], { steps: 1e7, ...(mode && { mode }) }).answer).toEqual({
        kind: 'noAnswer',
        why: expect.stringMatching(why) as string,
      });
    expect(process.cpuUsage(begun).user).toBeLessThan(8e6);
  });
});

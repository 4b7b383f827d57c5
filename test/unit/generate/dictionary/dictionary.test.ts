import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../../src/api/candidate.js';
import type { InputLevel } from '../../../../src/api/execution.js';
import { Dictionary, dictionaryName } from '../../../../src/generate/dictionary/dictionary.js';
import { makeCandidate, type ScheduleOptions } from '../../../../src/generate/schedule.js';
import { listing } from '../../../../src/ir/print.js';
import { expressionsOf } from '../../../../src/ir/mentioned.js';
import { childrenOf } from '../../../../src/ir/expr-ops.js';
import type { Expr } from '../../../../src/ir/expr.js';
import { leanTextOf } from '../../../../src/ir/unit/unit.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

function dictionary(...values: readonly string[]): Dictionary | undefined {
  const file = join(temporaryFolder(), 'words.dict');
  writeFileSync(file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  return Dictionary.of([file]);
}

const nothing = { size: 0, pick: () => undefined };
const runs = 150;

function candidates(level: InputLevel, words: Dictionary | undefined) {
  const options: ScheduleOptions = { seed: 5, depth: 15, level, dictionary: words };
  return Array.from({ length: runs }, (_, run) => makeCandidate(options, run, nothing));
}

function wordsIn(unit: Unit): string {
  return unit.form === 'kernel' ? listing([unit.declaration]) : (leanTextOf(unit) ?? '');
}

/** The share of candidates that mention a text. */
function shareOf(level: InputLevel, text: string, words: Dictionary | undefined): number {
  return (
    candidates(level, words).filter(({ units }) => units.some((unit) => wordsIn(unit).includes(text)))
      .length / runs
  );
}

describe('a dictionary', () => {
  it.each<[InputLevel, string]>([
    ['source', '987654321'],
    ['source', '"odd text"'],
    ['source', 'Nat.gcd_comm'],
    ['source', 'max 7 v'],
    ['source', 'Nat.pow 3 41'],
    ['source', 'theorem said : True := trivial'],
    ['kernel', '987654321'],
    ['kernel', '"odd text"'],
    ['kernel', 'Nat.gcd_comm'],
    ['kernel', 'Nat.pow 3 41'],
  ])('at the %s level puts %s into candidates', (level, token) => {
    const text = token === 'max 7 v' ? 'max 7' : token;
    expect(shareOf(level, text, undefined)).toBe(0);
    expect(shareOf(level, text, dictionary(token))).toBeGreaterThan(0.25);
  });

  it('puts a level into sorts and constants of kernel declarations', () => {
    const hasLevel = (expr: Expr): boolean =>
      (expr.kind === 'sort' && JSON.stringify(expr.level).includes('"imax"')) ||
      (expr.kind === 'const' && JSON.stringify(expr.levels).includes('"imax"')) ||
      childrenOf(expr).some(hasLevel);
    const share = (words: Dictionary | undefined): number =>
      candidates('kernel', words).filter(({ units }) =>
        units.some(
          (unit) =>
            unit.form === 'kernel' &&
            unit.made === undefined &&
            expressionsOf(unit.declaration).some(hasLevel),
        ),
      ).length / runs;
    expect(share(dictionary('imax 2 u'))).toBeGreaterThan(share(undefined) + 0.1);
  });

  it('says so in the lineage, and repeats', () => {
    const words = dictionary('987654321', 'Nat.rec', 'max 1 u');
    for (const level of ['source', 'kernel'] as const) {
      const said = candidates(level, words);
      const named = said.filter(({ lineage }) => lineage.mutators.includes(dictionaryName));
      expect(named.length / runs).toBeGreaterThan(0.25);
      const hashes = (all: typeof said) => all.map(({ units }) => units.map(({ hash }) => hash));
      expect(hashes(candidates(level, words))).toEqual(hashes(said));
    }
  });

  it('leaves all as it is where there is none', () => {
    expect(Dictionary.of([])).toBeUndefined();
  });
});

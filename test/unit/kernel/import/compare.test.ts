import { describe, expect, it } from 'vitest';
import { arrows, inductiveType } from '../../../../src/ir/hoas.js';
import { Nat, Type } from '../../../../src/ir/core-constants.js';
import { checked, exported } from '../../../support/ndjson-file.js';

type Json = Record<string, unknown>;

/** The last inductive declaration of a file, changed. */
function lying(lines: readonly string[], change: (inductive: Record<string, Json[]>) => void): string[] {
  const at = lines.findLastIndex((line) => line.startsWith('{"inductive"'));
  const line = JSON.parse(lines[at] ?? '') as { inductive: Record<string, Json[]> };
  change(line.inductive);
  return lines.map((text, i) => (i === at ? JSON.stringify(line) : text));
}

describe('what a kernel derives', () => {
  const tree = inductiveType(
    'Tree',
    [],
    [['α', () => Type]],
    () => Type,
    (self, [a]) => ({ leaf: self, node: arrows(self, a ?? Nat, self, self) }),
  );
  const lines = exported([tree]);
  const first = (group: string, key: string, value: unknown) => (inductive: Record<string, Json[]>) => {
    const [item] = inductive[group] ?? [];
    if (item !== undefined) item[key] = value;
  };
  const lies: readonly (readonly [string, (inductive: Record<string, Json[]>) => void])[] = [
    ['numParams', first('types', 'numParams', 0)],
    ['numIndices', first('types', 'numIndices', 1)],
    ['numNested', first('types', 'numNested', 1)],
    ['isRec', first('types', 'isRec', false)],
    ['isReflexive', first('types', 'isReflexive', true)],
    ['isUnsafe of the type', first('types', 'isUnsafe', true)],
    ['all', first('types', 'all', [])],
    ['ctors', first('types', 'ctors', [])],
    ['cidx', first('ctors', 'cidx', 1)],
    ['numParams of a constructor', first('ctors', 'numParams', 0)],
    ['numFields', first('ctors', 'numFields', 1)],
    ['induct', first('ctors', 'induct', 0)],
    ['isUnsafe of a constructor', first('ctors', 'isUnsafe', true)],
    ['numParams of the recursor', first('recs', 'numParams', 0)],
    ['numIndices of the recursor', first('recs', 'numIndices', 1)],
    ['numMotives', first('recs', 'numMotives', 2)],
    ['numMinors', first('recs', 'numMinors', 1)],
    ['k', first('recs', 'k', true)],
    ['isUnsafe of the recursor', first('recs', 'isUnsafe', true)],
    ['all of the recursor', first('recs', 'all', [])],
    ['levels of the recursor', first('recs', 'levelParams', [])],
    ['type of the recursor', first('recs', 'type', 0)],
    ['no rules', first('recs', 'rules', [])],
    ['no recursors', (inductive) => (inductive['recs'] = [])],
    ['a recursor twice', (inductive) => inductive['recs']?.push(...inductive['recs'])],
    ['a constructor twice', (inductive) => inductive['ctors']?.push(...inductive['ctors'])],
    ['no constructors', (inductive) => (inductive['ctors'] = [])],
    ['no types', (inductive) => (inductive['types'] = [])],
    ['a rule of other fields', (inductive) => change(inductive, 'nfields', 3)],
    ['a rule that makes something else', (inductive) => change(inductive, 'rhs', 0)],
    ['a rule for another constructor', (inductive) => change(inductive, 'ctor', 0)],
  ];
  function change(inductive: Record<string, Json[]>, key: string, value: unknown): void {
    const rules = inductive['recs']?.[0]?.['rules'] as Json[] | undefined;
    if (rules?.[0] !== undefined) rules[0][key] = value;
  }

  it('agrees with what we write', () => {
    expect(checked(lines).answer).toEqual({ kind: 'accepts' });
  });

  it.each(lies)('is compared, not believed: %s', (_, lie) => {
    const told = lying(lines, lie);
    expect(told).not.toEqual(lines);
    const { answer, line } = checked(told);
    expect(answer.kind).toBe('refuses');
    expect(told[line - 1]).toMatch(/^\{"inductive"/);
  });
});

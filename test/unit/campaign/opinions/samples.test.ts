import { describe, expect, it } from 'vitest';
import {
  batches,
  exportableUnits,
  unitsOfAll,
  type Sample,
} from '../../../../src/campaign/opinions/samples.js';
import { Nat } from '../../../../src/ir/core-constants.js';
import { app, constant, nat } from '../../../../src/ir/expr.js';
import type { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { candidate } from '../../../support/fakes.js';
import { definitionUnit, kernelUnit } from '../../../support/kernel-units.js';

const native = { kind: 'native' } as const;

function sample(...units: readonly KernelUnit[]): Sample {
  return { candidate: candidate({ level: 'kernel', units }), units, expected: 'accepts' };
}

describe('units that any checker can answer to', () => {
  const axiom = (name: string, unsafe: boolean) =>
    kernelUnit({ kind: 'axiom', name, levelParams: [], type: Nat, unsafe });

  it('are without those that are unsafe, and without what rests on them', () => {
    const units = [
      axiom('a', true),
      axiom('b', false),
      definitionUnit('c', constant('a'), Nat),
      definitionUnit('d', constant('c'), Nat),
    ];
    expect(exportableUnits(units, native).map(({ declares }) => declares[0])).toEqual(['b']);
  });

  it('are without what Init has otherwise, where the embedded Lean has said so', () => {
    const sum = definitionUnit('sum', app(constant('Nat.add'), nat(1), nat(1)), Nat);
    expect(exportableUnits([sum], native)).toEqual([sum]);
    expect(exportableUnits([sum], { kind: 'embedded' })).toEqual([]);
  });
});

describe('lots of samples', () => {
  const [one, two, same] = [nat(1), nat(2), nat(1)].map((value) => definitionUnit('x', value, Nat)) as [
    KernelUnit,
    KernelUnit,
    KernelUnit,
  ];
  const other = definitionUnit('y', nat(3), Nat);

  it('have no name for two declarations, and each unit once', () => {
    const lots = batches([sample(one), sample(two), sample(same, other)]);
    expect(lots.map((lot) => unitsOfAll(lot).map(({ hash }) => hash))).toEqual([
      [one.hash, other.hash],
      [two.hash],
    ]);
  });
});

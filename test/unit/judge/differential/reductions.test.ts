import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import type { ConstantShape } from '../../../../src/api/execution.js';
import { app, bvar, constant, lambda, nat } from '../../../../src/ir/expr.js';
import { reducibleDefinitions, unstableReduction } from '../../../../src/judge/differential/reductions.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { accepted, candidate, execution, refused } from '../../../support/fakes.js';
import { definitionUnit } from '../../../support/kernel-units.js';

const Nat = constant('Nat');

describe('reducibleDefinitions', () => {
  it('are the accepted definitions that our own evaluator is soon done with', () => {
    const endless = app(lambda('x', Nat, app(bvar(0), bvar(0))), lambda('x', Nat, app(bvar(0), bvar(0))));
    const units = [
      definitionUnit('one', nat(1), Nat),
      definitionUnit('refused', nat(2), Nat),
      definitionUnit('endless', endless, Nat),
      definitionUnit('three', app(constant('Nat.succ'), constant('one')), Nat),
    ];
    const steps = units.map(({ declares }) => (declares[0] === 'refused' ? refused('no') : accepted()));
    expect(
      reducibleDefinitions(commonEnvironment, candidate({ level: 'kernel', units }), execution({ steps })),
    ).toEqual(['one', 'three']);
  });

  it('are safe ones: the kernel unfolds what is said by itself for ever', () => {
    const loop = KernelUnit.of({
      ...{ kind: 'definition', name: 'loop', levelParams: [], type: Nat, value: constant('loop') },
      ...{ hint: 1, safety: 'unsafe' },
    });
    const accepting = execution({ steps: [accepted()] });
    const looping = candidate({ level: 'kernel', units: [loop] });
    expect(reducibleDefinitions(commonEnvironment, looping, accepting)).toEqual([]);
  });
});

describe('unstableReduction', () => {
  const shape = (name: string, numbers: number[]): ConstantShape => ({
    name,
    kind: 'definition',
    levelParams: 0,
    numbers,
  });

  it('names the definition whose normal form was reduced further', () => {
    expect(unstableReduction([shape('f', [0, 3, 1]), shape('g', [0, 3, 0])])?.reason).toMatch(
      /^the kernel reduces g's/,
    );
  });

  it('is nothing where all stayed as they were, or nothing was reduced', () => {
    expect(unstableReduction([shape('f', [0, 3, 1]), shape('g', [0, 0])])).toBeUndefined();
  });
});

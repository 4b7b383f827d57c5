import { describe, expect, it } from 'vitest';
import { challenge, differenceFromChallenge } from '../../../../src/judge/ask/challenge.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { encode } from '../../../../src/ir/encode.js';
import { app, constant, sort, type Expr } from '../../../../src/ir/expr.js';
import { param } from '../../../../src/ir/level.js';
import { execution } from '../../../support/fakes.js';

const False = constant('False');
const otherStatement = 'it does not state what template/Challenge.lean does';

describe('the challenge', () => {
  it('is the theorem of template/Challenge.lean', () => {
    expect(challenge()).toMatchObject({
      constant: 'soundness_check',
      step: { text: expect.stringContaining('theorem soundness_check : False') as string },
    });
  });

  it('is met by its very statement, whatever the proof and its name', () => {
    expect(differenceFromChallenge(asked(False), proof('claim', False), 'claim')).toBeNull();
  });

  it('is not met by another statement, not by an equal one, and not by one with level parameters', () => {
    const Id = app(constant('id', [param('u')]), sort(param('u')), False);
    expect(differenceFromChallenge(asked(False), proof('claim', Id), 'claim')).toBe(otherStatement);
    expect(differenceFromChallenge(asked(False), proof('claim', constant('True')), 'claim')).toBe(
      otherStatement,
    );
    expect(differenceFromChallenge(asked(False), proof('claim', False, ['u']), 'claim')).toBe(otherStatement);
  });

  it('is not met by what declares something else only', () => {
    expect(differenceFromChallenge(asked(False), proof('other', False), 'claim')).toBe(otherStatement);
  });

  it('says so where Lean did not get through it', () => {
    expect(differenceFromChallenge(undefined, proof('claim', False), 'claim')).toMatch(/not understood/);
    expect(differenceFromChallenge(execution({}), proof('claim', False), 'claim')).toMatch(/not understood/);
  });
});

function proof(name: string, type: Expr, levelParams: string[] = []): Uint32Array {
  const helper: Declaration = { kind: 'theorem', name: 'helper', levelParams: [], type, value: type };
  return encode([helper, { kind: 'theorem', name, levelParams, type, value: constant('helper') }]);
}

/** The execution of a challenge with this statement. */
function asked(type: Expr) {
  const evidence = { declarations: proof('soundness_check', type) };
  return execution({ claims: [{ refusal: null, micros: 1, heartbeats: 0, evidence }] as never });
}

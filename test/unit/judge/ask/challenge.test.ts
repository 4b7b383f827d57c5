import { describe, expect, it } from 'vitest';
import { accepts, refuses } from '../../../../src/api/answer.js';
import { challenge, meetsChallenge } from '../../../../src/judge/ask/challenge.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { encode } from '../../../../src/ir/encode.js';
import { app, constant, sort, type Expr } from '../../../../src/ir/expr.js';
import { param } from '../../../../src/ir/level.js';
import { execution } from '../../../support/fakes.js';

const notUnderstood = {
  kind: 'noAnswer',
  why: expect.stringContaining('not understood') as string,
};
const False = constant('False');
const otherStatement = refuses('it does not state what template/Challenge.lean does');

describe('the challenge', () => {
  it('is the theorem of template/Challenge.lean', () => {
    expect(challenge()).toMatchObject({
      constant: 'soundness_check',
      step: { text: expect.stringContaining('theorem soundness_check : False') as string },
    });
  });

  it('is met by its very statement, whatever the proof and its name', () => {
    expect(meetsChallenge(asked(False), proof('claim', False), 'claim')).toEqual(accepts);
  });

  it('is not met by another statement, not by an equal one, and not by one with level parameters', () => {
    const Id = app(constant('id', [param('u')]), sort(param('u')), False);
    expect(meetsChallenge(asked(False), proof('claim', Id), 'claim')).toEqual(otherStatement);
    expect(meetsChallenge(asked(False), proof('claim', constant('True')), 'claim')).toEqual(otherStatement);
    expect(meetsChallenge(asked(False), proof('claim', False, ['u']), 'claim')).toEqual(otherStatement);
  });

  it('is not met by what declares something else only', () => {
    expect(meetsChallenge(asked(False), proof('other', False), 'claim')).toEqual(otherStatement);
  });

  it('is said in our own words to a Lean that reads no text', () => {
    const outcome = { kind: 'not asked', message: 'source level' } as const;
    const unread = execution({ claims: [{ outcome, micros: 0, heartbeats: 0 }] });
    expect(meetsChallenge(unread, proof('claim', False), 'claim')).toEqual(accepts);
    expect(meetsChallenge(unread, proof('claim', constant('True')), 'claim')).toEqual(otherStatement);
  });

  it('says so where Lean did not get through it', () => {
    expect(meetsChallenge(undefined, proof('claim', False), 'claim')).toMatchObject(notUnderstood);
    expect(meetsChallenge(execution({}), proof('claim', False), 'claim')).toMatchObject(notUnderstood);
  });
});

function proof(name: string, type: Expr, levelParams: string[] = []): Declaration[] {
  const helper: Declaration = { kind: 'theorem', name: 'helper', levelParams: [], type, value: type };
  return [helper, { kind: 'theorem', name, levelParams, type, value: constant('helper') }];
}

/** The execution of a challenge with this statement. */
function asked(type: Expr) {
  const words = encode(proof('soundness_check', type));
  const evidence = { declarations: { kind: 'said', words } };
  return execution({
    claims: [{ outcome: { kind: 'accepted' }, micros: 1, heartbeats: 0, evidence }] as never,
  });
}

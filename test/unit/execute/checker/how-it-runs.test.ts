import { describe, expect, it } from 'vitest';
import {
  answerOf,
  commandOf,
  isNanoda,
  nanodaProgram,
  wordsOf,
} from '../../../../src/execute/checker/how-it-runs.js';
import type { CommandResult } from '../../../../src/execute/lake/server-protocol.js';

const plain = { name: 'other', command: 'other "$IN"' };
const nanoda = { name: 'nanoda', command: '/bin/sh' };

function ran(code: number, parts: Partial<CommandResult> = {}): CommandResult {
  return {
    ...{ ending: 'exited', code, message: '', wallMicros: 1, userMicros: 1, systemMicros: 1 },
    ...{ maxResidentKiB: 1, stdoutBytes: 0, stderrBytes: 0, stdout: '', stderr: '' },
    ...parts,
  };
}

const whole = '{"meta":{}}\n{"in":1,"str":{"pre":0,"str":"A"}}\n';
/** It mentions a constant that it never declares. */
const lacking = `${whole}{"ie":0,"const":{"name":1,"us":[]}}\n`;

describe('the answer of a checker', () => {
  it.each([
    [0, 'accepts'],
    [1, 'refuses'],
    [2, 'noAnswer'],
    [3, 'noAnswer'],
    [101, 'noAnswer'],
    [126, 'noAnswer'],
    [127, 'noAnswer'],
    [139, 'noAnswer'],
  ])('is by the exit code: %i', (code, kind) => {
    expect(answerOf(plain, ran(code), whole).kind).toBe(kind);
  });

  it.each([126, 127, 3])('says whether there was a program to run: %i', (code) => {
    expect(answerOf(plain, ran(code), whole)).toMatchObject({ cannotRun: code !== 3 });
  });

  it('is a refusal where nanoda panics, with what the panic says', () => {
    const stderr =
      "thread 'main' panicked at src/tc.rs:5:3:\nno loose bvars allowed in infer\nnote: run with\n";
    expect(answerOf(nanoda, ran(101, { stderr }), whole)).toEqual({
      kind: 'refuses',
      why: 'no loose bvars allowed in infer',
    });
    expect(answerOf(nanoda, ran(2), whole)).toMatchObject({ kind: 'noAnswer' });
    expect(answerOf({ ...nanoda, name: 'x' }, ran(101, { stderr }), whole).kind).toBe('noAnswer');
  });

  it('is none where it was ended, met a limit, or could not know what a constant is', () => {
    const endings = ['signalled', 'wall-clock', 'disk-full', 'processes', 'not-started', 'lost'] as const;
    for (const ending of endings) expect(answerOf(plain, ran(0, { ending }), whole).kind).toBe('noAnswer');
    expect(answerOf(plain, ran(1, { stderr: 'memory allocation of 9 bytes failed' }), whole).kind).toBe(
      'noAnswer',
    );
    expect(answerOf(plain, ran(1), lacking)).toMatchObject({ why: 'the export never declares A' });
    expect(answerOf(plain, ran(0), lacking).kind).toBe('accepts');
  });
});

describe('the command of a checker', () => {
  it('is what a shell runs with the export in IN', () => {
    expect(wordsOf(plain)).toEqual(['env', 'IN=finding.ndjson', '/bin/sh', '-c', 'other "$IN"']);
  });

  it('is the program and its configuration for nanoda, unless its command says where the export goes', () => {
    expect(commandOf(nanoda)).toBe('/bin/sh nanoda.json');
    expect(isNanoda({ name: 'nanoda', command: 'mine < $IN' })).toBe(false);
    expect(nanodaProgram([plain, nanoda])).toBe('/bin/sh');
    expect(nanodaProgram([plain])).toBeUndefined();
    expect(nanodaProgram([{ name: 'nanoda', command: '/no/such' }])).toBeUndefined();
  });
});

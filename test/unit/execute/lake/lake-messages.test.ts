import { describe, expect, it } from 'vitest';
import { errorsIn } from '../../../../src/execute/lake/lake-messages.js';

describe('errorsIn', () => {
  it('takes a message with all of its lines, and no warnings', () => {
    const output = [
      '✖ [2/3] Building Solution',
      'trace: .> LEAN_PATH=... lean Solution.lean',
      'warning: Solution.lean:1:8: declaration uses `sorry`',
      'error: Solution.lean:3:4: Type mismatch',
      '  x',
      'has type',
      'error: ././Template/Attempt0.lean:12:0: unsolved goals',
      '⊢ False',
      'error: Lean exited with code 1',
      'Some required targets logged failures:',
    ].join('\n');
    expect(errorsIn(output)).toEqual([
      { file: 'Solution.lean', line: 3, message: 'Type mismatch\n  x\nhas type' },
      { file: 'Template/Attempt0.lean', line: 12, message: 'unsolved goals\n⊢ False' },
    ]);
  });

  it('finds none in the output of a build that succeeds', () => {
    expect(errorsIn('✔ [1/1] Built Solution\nBuild completed successfully (3 jobs).\n')).toEqual([]);
  });
});

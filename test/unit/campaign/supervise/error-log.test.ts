import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CandidateError } from '../../../../src/api/candidate-error.js';
import { ErrorLog } from '../../../../src/campaign/supervise/error-log.js';
import { candidate } from '../../../support/fakes.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { outlineOf } from '../../../../src/store/error-file.js';

function errorOf(run: number, parts: Partial<CandidateError> = {}): CandidateError {
  return {
    ...{ stage: 'judge', name: 'TypeError', message: `no member ${run}`, stack: `TypeError\n    at ${run}` },
    ...{ seed: 7, run, isImport: false, candidate: outlineOf(candidate()) },
    ...parts,
  };
}

describe('the log of errors', () => {
  it('counts all, and keeps and shows the first of each kind and every file of the user', () => {
    const folder = join(temporaryFolder(), 'errors');
    const notices: string[] = [];
    const log = new ErrorLog(folder, { 'judge TypeError': 2 }, (text) => notices.push(text));
    for (let run = 0; run < 30; run++) log.add(errorOf(run));
    log.add(errorOf(40, { isImport: true }));
    log.add(errorOf(41, { stage: 'generate', candidate: null }));
    expect(log.counts).toEqual({ 'judge TypeError': 33, 'generate TypeError': 1 });
    expect(log.total).toBe(34);
    expect(notices).toHaveLength(22);
    expect(notices[0]).toBe(
      `candidate 0 ended in an error at "judge": TypeError: no member 0 (${join(folder, 'judge-0.json')})`,
    );
    expect(notices[19]).toContain('more of this kind are only counted');
    expect(readdirSync(folder)).toHaveLength(22);
    expect(JSON.parse(readFileSync(join(folder, 'judge-3.json'), 'utf8'))).toMatchObject({
      ...{ format: 'lean-fuzz error', stage: 'judge', message: 'no member 3', seed: 7, run: 3 },
      stack: ['TypeError', '    at 3'],
      candidate: { level: 'source', units: [{ text: 'def f := 1' }] },
    });
  });

  it('goes on counting where nothing can be kept', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'errors'), '');
    mkdirSync(join(folder, 'other'));
    const notices: string[] = [];
    const log = new ErrorLog(join(folder, 'errors'), {}, (text) => notices.push(text));
    log.add(errorOf(1));
    expect(log.total).toBe(1);
    expect(notices[0]).toContain('not kept: ');
  });
});

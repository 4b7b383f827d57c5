import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findFindings } from '../../../src/store/find-findings.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function finding(...path: string[]): string {
  const folder = join(...path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'finding.json'), '{}');
  return folder;
}

it('finds the findings below a folder, by name, without their former forms and through no link', () => {
  const below = temporaryFolder();
  const later = finding(below, 'b', 'leads', 'lead-1');
  const first = finding(below, 'a');
  finding(first, 'history', 'old');
  finding(below, '1', '2', '3', '4', 'too deep');
  symlinkSync(first, join(below, 'link'));
  expect(findFindings(below)).toEqual([first, later]);
  expect(findFindings(first)).toEqual([first]);
});

it('names a folder that is none', () => {
  const nothing = join(temporaryFolder(), 'nothing');
  expect(() => findFindings(nothing)).toThrow(`folder: got "${nothing}", expected a folder that is there`);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../../src/util/package.js';

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

/** The steps of a workflow: its text, cut where a list's element begins. */
const stepsOf = (text: string): string[] => text.split(/^ +- (?=\w+:)/m);
const valueOf = (step: string | undefined, key: string): string | undefined =>
  new RegExp(`^ *(?:- )?${key}: (.*)$`, 'm').exec(step ?? '')?.[1];

it.each(['action.yml', 'docs/lean-fuzz.yml'])('%s keeps the corpus of a run that fails', (path) => {
  const steps = stepsOf(read(path));
  const restore = steps.findIndex((step) => step.includes('actions/cache/restore@'));
  const save = steps.findIndex((step) => step.includes('actions/cache/save@'));
  const fuzz = steps.findIndex((step) => step.includes('npx lean-fuzz ci'));
  expect([restore > 0, restore < fuzz, fuzz < save]).toEqual([true, true, true]);
  for (const key of ['path', 'key']) {
    expect(valueOf(steps[save], key)).toBeDefined();
    expect(valueOf(steps[save], key)).toBe(valueOf(steps[restore], key));
  }
  expect(valueOf(steps[save], 'key')).toContain(`${valueOf(steps[restore], 'restore-keys')}$`);
  const condition = valueOf(steps[restore], 'if') ?? '';
  expect(valueOf(steps[save], 'if')).toBe(`always() && ${condition}`);
});

it('docs/gitlab-ci.yml keeps the corpus of a job that fails', () => {
  expect(/^ {2}cache:\n(?: {4}.*\n)+/m.exec(read('docs/gitlab-ci.yml'))?.[0]).toMatch(/^ {4}when: always$/m);
});

import { describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../../src/api/execution.js';
import { Executors } from '../../../src/campaign/executors.js';
import { execution } from '../../support/fakes.js';

const texts = ['def a := 1', '#eval 1', 'def b := 2'];
const jobs = texts.map((text): Job => ({ level: 'source', steps: [{ kind: 'text', text }], claims: [] }));

/** Both executors, with what each was asked; answers say what was asked. */
function executors(covers: boolean): { readonly both: Executors; readonly asked: string[] } {
  const asked: string[] = [];
  const executor = (name: string) => ({
    run: (all: readonly Job[]): Promise<Execution[]> => {
      const said = all.map(({ steps: [step] }) => (step?.kind === 'text' ? step.text : ''));
      asked.push(`${name}: ${said.join(', ')}`);
      const answers = said.map((text) => execution({ end: { kind: 'crashed', message: text, at: 0 } }));
      // The one for candidates is the slower one.
      return name === 'aside'
        ? Promise.resolve(answers)
        : new Promise((resolve) => setImmediate(() => resolve(answers)));
    },
  });
  return { both: new Executors(executor('target'), executor('aside'), covers), asked };
}

const messages = (all: readonly Execution[]): string[] =>
  all.map(({ end }) => ('message' in end ? end.message : ''));

describe("a worker's executors", () => {
  it('run aside what may leave its executor changed, and answer in order', async () => {
    const { both, asked } = executors(false);
    expect(messages(await both.run(jobs))).toEqual(texts);
    expect(asked).toEqual(['target: def a := 1', 'aside: #eval 1', 'target: def b := 2']);
  });

  it('take other jobs together', async () => {
    const { both, asked } = executors(false);
    await both.run(jobs.filter((_, at) => at !== 1));
    expect(asked).toEqual(['target: def a := 1, def b := 2']);
  });

  it('run all on the one that sees which code is reached, where that is watched', async () => {
    const { both, asked } = executors(true);
    await both.run(jobs);
    expect(asked).toEqual([`target: ${texts.join(', ')}`]);
  });
});

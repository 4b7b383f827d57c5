import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/api/execution.js';
import { ExecutorClient } from '../../src/execute/client/executor-client.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { SharedRegion } from '../../src/share/region.js';

let region: SharedRegion;
let zygote: ZygoteProcess;
let lean: ExecutorClient;

beforeAll(async () => {
  region = SharedRegion.create({ workers: 1, requestBytes: 256 << 10, responseBytes: 64 << 10 });
  zygote = await ZygoteProcess.start(region, defaultZygoteOptions);
  lean = new ExecutorClient(region, 0);
});

afterAll(() => zygote.kill());

function job(...texts: string[]): Job {
  return { level: 'source', steps: texts.map((text) => ({ kind: 'text', text })), claims: [] };
}

const small = job('def small := 1');
/** Text of so many characters. */
const large = (length: number): Job => job(`def large := "${'x'.repeat(length)}"`);
/** Each refusal has a message of about a thousand characters. */
const noisy = (steps: number): Job =>
  job(...Array.from({ length: steps }, (_, n) => `def f${n} := ${'y'.repeat(1000)}${n}`));

async function failures(...jobs: Job[]): Promise<string[]> {
  return (await lean.run(jobs)).map(({ end }) => end.kind);
}

describe('what does not fit between worker and executor', () => {
  it('is the outcome of that job alone; requests wait until they fit', async () => {
    const restarts = lean.restarts;
    expect(await failures(large(160_000), large(160_001), large(300_000), small)).toEqual([
      'finished',
      'finished',
      'too-large',
      'finished',
    ]);
    expect(lean.restarts).toBe(restarts);
  });

  it('is no crash where the results are too large, and costs no other job its results', async () => {
    expect(await failures(noisy(40), noisy(41), noisy(100), small)).toEqual([
      'finished',
      'finished',
      'too-large',
      'finished',
    ]);
    const [execution] = await lean.run([noisy(100)]);
    const message = expect.stringMatching(/^results of more than \d+ bytes$/) as string;
    expect(execution?.end).toMatchObject({ message });
    expect(execution?.steps.length).toBeGreaterThan(20);
    expect(await failures(small)).toEqual(['finished']);
  });
});

/** Checks a file in a thread whose stack holds terms that are nested some hundred thousand deep. */
import { once } from 'node:events';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { noAnswer } from '../../util/answer.js';
import { entryPoint } from '../../util/package.js';
import type { CheckFileOptions, FileAnswer } from './check-file.js';

export interface ThreadData {
  readonly descriptor: number;
  readonly options: CheckFileOptions;
}

export type ThreadReply =
  | { readonly kind: 'answer'; readonly answer: FileAnswer }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Only what is used of it takes memory. */
const stackSizeMb = 256;

/** The answer of our kernel to an open file, or why it can't be read. */
export async function checkInThread(descriptor: number, options: CheckFileOptions): Promise<ThreadReply> {
  const maxOldGenerationSizeMb = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20);
  const data: ThreadData = { descriptor, options };
  const thread = new Worker(entryPoint('kernel/import/check-thread.js'), {
    workerData: data,
    resourceLimits: { stackSizeMb, maxOldGenerationSizeMb },
  });
  try {
    const [reply] = (await once(thread, 'message')) as [ThreadReply];
    return reply;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'))
      throw error;
    const answer = noAnswer(`more than fits into ${maxOldGenerationSizeMb} MiB`);
    return { kind: 'answer', answer: { answer, line: 0, constants: 0, axioms: [] } };
  }
}

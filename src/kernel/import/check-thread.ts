/** The entry point of the thread that a file is checked in; workerData is ThreadData. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkFile } from './check-file.js';
import type { ThreadData, ThreadReply } from './check-in-thread.js';

const { descriptor, options } = workerData as ThreadData;

function reply(): ThreadReply {
  try {
    return { kind: 'answer', answer: checkFile(descriptor, options) };
  } catch (error) {
    // The machine failed at reading, which says nothing about what is in the file.
    if (error instanceof Error && 'syscall' in error) return { kind: 'unreadable', why: error.message };
    throw error;
  }
}

parentPort?.postMessage(reply());

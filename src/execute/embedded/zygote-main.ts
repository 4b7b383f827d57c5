/**
 * The zygote: boots Lean, imports Init, warms up, and from then on only forks. A forked child becomes the
 * executor of one worker. Started by ZygoteProcess; argv[2] holds the options as JSON.
 */
import { writeFileSync, writeSync } from 'node:fs';
import { addon } from '../../native/addon.js';
import { header, zygoteMessageBytes } from '../../share/layout.js';
import { ZygoteState } from '../../share/states.js';
import { SharedRegion } from '../../share/region.js';
import { messageOf } from '../../util/errors.js';
import { bootLean } from './boot.js';
import { Executor } from './executor.js';
import type { OnStep } from './on-step.js';
import { prepareLean } from './prepare.js';
import { warmUp } from './warm-up.js';
import { jobsOfInput } from './warm-up-input.js';
import { messageOfStep, type Phase } from '../zygote/boot-step.js';
import { zygoteRegionFd, type ZygoteOptions } from '../zygote/zygote-options.js';

// The primary alone handles the user's signals, which reach the whole process group.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
const parent = Number(process.argv[3]);
if (!addon().dieWithParent(parent)) process.exit(1);
const region = openRegion();

const { executor, worker } = await serve();
if (worker < 0) process.exit(0);
becomeExecutor(executor, worker);

/** Where it can't be opened, nobody is to be told of it but by the last words. */
function openRegion(): SharedRegion {
  try {
    return SharedRegion.open(zygoteRegionFd);
  } catch (error) {
    writeSync(2, `${messageOf(error)}\n`);
    process.exit(1);
  }
}

/** Boots, and forks until the campaign is over; in a forked child it returns with the worker that the child is for. */
async function serve(): Promise<{ executor: Executor; worker: number }> {
  try {
    const options = JSON.parse(process.argv[2] ?? '{}') as ZygoteOptions;
    const prepared = await prepareLean(options.mutant, during('preparing Lean'));
    const lean = await bootLean(prepared, options.memoryLimitMiB, during('booting Lean'));
    const booted = new Executor(lean, options);
    warmUp(booted, during('warming up'), await jobsOfInput());
    return { executor: booted, worker: addon().serveForks(region.native) };
  } catch (error) {
    announce(messageOf(error));
    region.store(header.zygote_state, ZygoteState.failed);
    region.native.ring(header.primary_bell);
    process.exit(1);
  }
}

/** In a forked child: it must never return to the event loop, and what is thrown is none of the zygote's. */
function becomeExecutor(booted: Executor, index: number): never {
  try {
    // Where memory runs out, the kernel should take an executor, which is replaced, not the primary.
    writeFileSync('/proc/self/oom_score_adj', '800');
  } catch {
    // Some containers forbid it; then the kernel chooses.
  }
  try {
    const { requestBytes, responseBytes } = region;
    const failure = booted.serve(region.mailbox(index), { requestBytes, responseBytes });
    if (failure === undefined) addon().exitNow(0);
  } catch {
    // Its worker sees from the status that it ended without an answer.
  }
  return addon().exitNow(1);
}

function during(phase: Phase): OnStep {
  return (step) => announce(messageOfStep({ phase, step }));
}

/** Says what is being done, or why it failed: as long as that changes, the primary waits. */
function announce(message: string): void {
  const bytes = Buffer.from(message).subarray(0, zygoteMessageBytes());
  new Uint8Array(region.words.buffer).set(bytes, header.zygote_message);
  region.store(header.zygote_message_bytes, bytes.length);
}

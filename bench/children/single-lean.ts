/** One Lean process for one test: argv[2] is the test's number, argv[3] says whether to warm up before it. */
import { writeSync } from 'node:fs';
import { bootLean } from '../../src/execute/embedded/boot.js';
import { Executor } from '../../src/execute/embedded/executor.js';
import { prepareLean } from '../../src/execute/embedded/prepare.js';
import { warmUp } from '../../src/execute/embedded/warm-up.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { suffixes } from '../../src/judge/suffixes.js';
import { freshJob } from '../jobs.js';

const run = Number(process.argv[2]);
const times = [performance.now()];
const prepared = await prepareLean();
times.push(performance.now());
const executor = new Executor(await bootLean(prepared, defaultZygoteOptions.memoryLimitMiB), {
  kernelHeartbeats: 5_000,
  ...defaultZygoteOptions,
});
times.push(performance.now());
if (process.argv[3] === 'warm') warmUp(executor);
times.push(performance.now());
const nothing = (): void => undefined;
executor.source.run(freshJob(run, suffixes.slice(0, 1)), {
  begin: nothing,
  step: nothing,
  claim: nothing,
  shapes: nothing,
  declared: nothing,
  made: nothing,
});
times.push(performance.now());
const [prepare, boot, warm, test] = times.slice(1).map((time, index) => time - (times[index] ?? 0));
writeSync(1, JSON.stringify({ prepare, boot, warmUp: warm, test }));
process.exit(0);

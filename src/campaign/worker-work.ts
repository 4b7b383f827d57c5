/** The work of a cluster worker; argv[2] holds WorkerOptions as JSON. */
import { ExecutorClient, defaultLimits } from '../execute/client/executor-client.js';
import { LakeExecutor } from '../execute/lake/lake-executor.js';
import { environmentOn } from '../kernel/base-environment.js';
import { workerSlot } from '../share/layout.js';
import { SharedRegion } from '../share/region.js';
import { ExitCode, messageOf, UserError } from '../util/errors.js';
import { showOnOutput } from '../util/user-output.js';
import { workerRegionFd, type ToWorker, type WorkerOptions } from './message-protocol.js';
import { Outbox } from './outbox.js';
import { Worker } from './worker.js';
import { WorkerStages } from './worker-stages.js';

/** How often a worker shows that its event loop turns; see the primary's watchdog. */
const beatMillis = 500;

showOnOutput();

const outbox = new Outbox();
try {
  await work(JSON.parse(process.argv[2] ?? '{}') as WorkerOptions);
  process.exit(ExitCode.clean);
} catch (error) {
  const exitCode = error instanceof UserError ? error.exitCode : ExitCode.unexpected;
  const message =
    error instanceof UserError || !(error instanceof Error)
      ? messageOf(error)
      : (error.stack ?? error.message);
  outbox.send({ type: 'fatal', message, exitCode });
  await outbox.flush();
  process.exit(exitCode);
}

/** Does the worker's work until the campaign ends or the worker is retired. */
async function work(options: WorkerOptions): Promise<void> {
  const region = SharedRegion.open(workerRegionFd);
  region.store(region.slot(options.worker) + workerSlot.worker_pid, process.pid);
  const beat = region.slot(options.worker) + workerSlot.worker_beat;
  setInterval(() => region.store(beat, region.load(beat) + 1), beatMillis).unref();
  const worker = new Worker(region, options, outbox);
  const { jobMillis, lake, lean } = options;
  const notice = (text: string): void => outbox.send({ type: 'notice', text });
  const clientOf = (executor: number): ExecutorClient =>
    new ExecutorClient(region, executor, { ...defaultLimits, jobMillis }, notice, environmentOn(lean.kind));
  const target = lake === null ? clientOf(options.worker) : new LakeExecutor(lake, () => worker.isEnding);
  const besides = lake === null ? region.asideOf(options.worker) : undefined;
  const executors = { target, aside: besides === undefined ? target : clientOf(besides) };
  const stages = await WorkerStages.create(region, options, executors, outbox, () => worker.isEnding);
  process.on('message', (message: ToWorker) => {
    if (message.type !== 'template server') worker.onMessage(stages, message);
    else if (target instanceof LakeExecutor) target.moveTo(message.socketPath);
  });
  await worker.run(stages);
}

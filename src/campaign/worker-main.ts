/** The entry point of a cluster worker; argv[2] holds WorkerOptions as JSON. */
import { addon } from '../native/addon.js';
import { SharedRegion } from '../share/region.js';
import { ExitCode, messageOf, UserError } from '../util/errors.js';
import { workerRegionFd, type ToPrimary, type WorkerOptions } from './message-protocol.js';
import { Worker } from './worker.js';

process.on('SIGINT', () => undefined); // the primary decides what Ctrl-C means
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit(ExitCode.unexpected));

try {
  if (!addon().dieWithParent(process.ppid)) process.exit(ExitCode.unexpected);
  const options = JSON.parse(process.argv[2] ?? '{}') as WorkerOptions;
  const worker = await Worker.create(SharedRegion.open(workerRegionFd), options);
  await worker.run();
  process.disconnect();
  process.exit(ExitCode.clean);
} catch (error) {
  const exitCode = error instanceof UserError ? error.exitCode : ExitCode.unexpected;
  const message =
    error instanceof UserError || !(error instanceof Error)
      ? messageOf(error)
      : (error.stack ?? error.message);
  const fatal: ToPrimary = { type: 'fatal', message, exitCode };
  process.send?.(fatal, () => process.exit(exitCode));
}

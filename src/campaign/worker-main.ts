/** The entry point of a cluster worker. It loads nothing else before it ends with its parent: until then it can be left. */
import { addon } from '../native/addon.js';
import { ExitCode } from '../util/errors.js';

process.on('SIGINT', () => undefined); // the primary decides what Ctrl-C means
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit(ExitCode.unexpected));
if (!addon().dieWithParent(process.ppid)) process.exit(ExitCode.unexpected);

await import('./worker-work.js');

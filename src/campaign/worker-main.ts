/** The entry point of a cluster worker. It loads nothing else before it ends with its parent: until then it can be left. */
import { addon } from '../native/addon.js';
import { ExitCode, UserError } from '../util/errors.js';

process.on('SIGINT', () => undefined); // the primary decides what Ctrl-C means
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit(ExitCode.unexpected));
if (!diesWithParent()) process.exit(ExitCode.unexpected);

await import('./worker-work.js');

function diesWithParent(): boolean {
  try {
    return addon().dieWithParent(process.ppid);
  } catch (error) {
    // Where the addon is gone, the work ends by that at once, and tells the primary.
    if (!(error instanceof UserError)) throw error;
    return true;
  }
}

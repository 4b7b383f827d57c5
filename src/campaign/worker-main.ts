/**
 * The entry point of a cluster worker. Its launcher has asked that it ends with its parent; it asks again before it loads
 * anything else, for a Node that has capabilities of its own starts without that.
 */
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

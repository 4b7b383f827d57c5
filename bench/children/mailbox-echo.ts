/** Answers each request of mailbox 0 with its own bytes, until it is killed. */
import { SharedRegion } from '../../src/share/region.js';
import { addon } from '../../src/native/addon.js';
import { regionFd } from '../region-child.js';

if (!addon().dieWithParent(Number(process.argv[2]))) process.exit(1);
const mailbox = SharedRegion.open(regionFd).mailbox(0);
const room = Buffer.alloc(1 << 20);
process.send?.('ready');
for (;;) {
  if (!mailbox.waitRequest(1000)) continue;
  mailbox.append(room.subarray(0, mailbox.takeRequest(room)));
  mailbox.finish();
}

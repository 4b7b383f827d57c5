// Answers each request of mailbox 0 with its bytes, in pieces of 10, until one says "end".
// A request "die" ends the process behind its first piece.
import { SharedRegion } from '../../../dist/share/region.js';

const mailbox = SharedRegion.open(4).mailbox(0);
const room = Buffer.alloc(1 << 20);
process.send({ ready: true });
for (;;) {
  if (!mailbox.waitRequest(1000)) continue;
  const request = room.subarray(0, mailbox.takeRequest(room));
  const text = request.toString();
  mailbox.setPhase(7);
  for (let at = 0; at < request.length; at += 10) {
    if (!mailbox.append(request.subarray(at, at + 10))) throw new Error('no room');
    if (text.startsWith('die')) process.kill(process.pid, 'SIGKILL');
  }
  mailbox.finish();
  if (text === 'end') break;
}

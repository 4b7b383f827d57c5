// Writes numbered entries from argv[4] on to a log of worker 0: argv[2] names the log, argv[3] the longest entry.
// Stops behind entry argv[5] - 1; a lossless log that is full is tried again.
import { header } from '../../../dist/share/layout.js';
import { SharedRegion } from '../../../dist/share/region.js';

const [log, longest, first, end] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const region = SharedRegion.open(4);
const ring = log === 'findings' ? region.findingsLog(0) : region.corpusLog(0, 'newest');
let refused = 0;

for (let n = first; n < end; n++) {
  const entry = Buffer.alloc(8 + ((n * 7919) % (longest - 8)), n & 0xff);
  entry.writeDoubleLE(n);
  while (!ring.publish(entry)) {
    refused++;
    region.native.wait(header.primary_bell, region.load(header.primary_bell), 1);
  }
}
process.send({ refused }, () => process.exit(0));

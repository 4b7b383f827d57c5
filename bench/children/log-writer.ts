/** Writes argv[2] entries of argv[3] bytes to the findings log of worker 0, as fast as there is room. */
import { header } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { regionFd } from '../region-child.js';

const [count = 0, bytes = 0] = process.argv.slice(2).map(Number);
const region = SharedRegion.open(regionFd);
const log = region.findingsLog(0);
const entry = Buffer.alloc(bytes, 1);
process.send?.('ready');
process.on('message', () => {
  for (let sent = 0; sent < count;) {
    if (log.publish(entry)) sent++;
    else region.native.wait(header.primary_bell, region.load(header.primary_bell), 1);
  }
  process.disconnect();
});

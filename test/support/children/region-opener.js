// Opens the region of descriptor 4, says what it sees, and leaves a word for the other side.
import { header } from '../../../dist/share/layout.js';
import { SharedRegion } from '../../../dist/share/region.js';

const region = SharedRegion.open(4);
const seen = region.load(header.zygote_pid);
region.store(header.fork_micros, 4242);
region.addCounter(1, 'tests', 5);
process.send({ workers: region.workerCount, seen }, () => process.exit(0));

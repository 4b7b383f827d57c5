// Rings the bell at offset argv[2] once for each message, and ends with the channel.
import { SharedRegion } from '../../../dist/share/region.js';

const region = SharedRegion.open(4);
process.on('message', () => region.native.ring(Number(process.argv[2])));
process.send({ ready: true });

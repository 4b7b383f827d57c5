// Claims and finishes work items as owner argv[2]; each item's number is counted in the feature map when it is done.
// With argv[3] = n, it says so when it holds its n-th item, and keeps it until it is killed. Ends when nothing is left.
import { SharedRegion } from '../../../dist/share/region.js';

const owner = Number(process.argv[2]);
const holdAt = Number(process.argv[3] ?? 0);
const region = SharedRegion.open(4);
const ring = region.workRing();
let claimed = 0;
let finished = 0;

for (;;) {
  const bell = region.load(region.workBell);
  const item = ring.claim(owner);
  if (item === undefined) {
    const { ready, taken } = ring.count();
    if (ready === 0 && taken === 0) break;
    region.native.wait(region.workBell, bell, 20);
    continue;
  }
  const number = item.payload.readUInt32LE();
  claimed++;
  if (claimed === holdAt) {
    process.send({ holding: number });
    setInterval(() => undefined, 1000);
    await new Promise(() => undefined);
  }
  ring.setProgress(item.index, 1);
  if (ring.finish(owner, item.index)) {
    finished++;
    region.native.observe(Uint32Array.of(number), new Uint32Array(1));
  }
}
process.send({ finished }, () => process.exit(0));

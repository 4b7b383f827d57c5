// Observes the features 0 to argv[2] - 1 at once when the primary's bell rings; says for which it was the first.
import { header } from '../../../dist/share/layout.js';
import { SharedRegion } from '../../../dist/share/region.js';

const region = SharedRegion.open(4);
const features = Uint32Array.from({ length: Number(process.argv[2]) }, (_, i) => i);
const seenBefore = new Uint32Array(features.length);
process.send({ ready: true });
while (region.load(header.primary_bell) === 0) region.native.wait(header.primary_bell, 0, 1000);
region.native.observe(features, seenBefore);
process.send({ first: [...features].filter((feature) => seenBefore[feature] === 0) }, () => process.exit(0));

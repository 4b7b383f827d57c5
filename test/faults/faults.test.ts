import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package.js';
import { tries } from '../support/long-form.js';
import { quickLean } from '../support/native-lean.js';
import { Figures } from './figures.js';
import { Lane } from './lane.js';

const seed = Number(process.env['LEAN_FUZZ_FAULTS_SEED'] ?? 1);
const wanted = Number(process.env['LEAN_FUZZ_FAULTS'] ?? tries(100, 1000));
/** Faults of a round: a campaign is resumed behind each. */
const [perRound, perEmbeddedRound] = [7, 10];
/** One fault in so many is one of a campaign on the embedded Lean, which takes long to boot. */
const embeddedShare = 10;

it(`a campaign goes on, or says why not, through ${wanted} faults`, async () => {
  const figures = new Figures();
  const lanes = [1, 2].map(
    (lane) => new Lane({ lean: quickLean, level: 'kernel' }, seed * 100 + lane, figures),
  );
  const embedded = new Lane({ lean: 'embedded', level: 'both' }, seed * 100, figures);
  const slowly = async (): Promise<void> => {
    for (let left = wanted / embeddedShare; left > 0; left -= perEmbeddedRound)
      await embedded.run(perEmbeddedRound);
  };
  const quickly = async (lane: Lane): Promise<void> => {
    while (figures.faults < wanted) await lane.run(perRound);
  };
  await Promise.all([slowly(), ...lanes.map(quickly)]);

  const report = figures.report(quickLean, seed);
  const folder = join(packageRoot, 'build');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'faults.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(JSON.stringify(report, undefined, 2));
  expect(report.violations).toEqual([]);
});

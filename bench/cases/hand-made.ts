import { patchOf } from '../../src/execute/native/kernel-mutants.js';
import { leanOfFolder } from '../../src/execute/native/library-folder.js';
import { fetchedToolchain } from '../../src/execute/native/toolchains-here.js';
import type { BenchCase, Measurement } from '../case.js';
import { handMade } from '../mutants/hand-made.js';
import { hunt } from '../mutants/hunt.js';

const seeds = [1, 2, 3];

/** Seconds until a campaign proves False on a native kernel with one planted bug of each kind, over three seeds. */
export const handMadeMutants: BenchCase = {
  name: 'hand-made',
  about: 'seconds to False on a native kernel with one planted bug of each kind (--seconds, --cores)',
  slow: true,
  async run({ quick, seconds, cores, note }) {
    const lean = await leanOfFolder('native Lean', fetchedToolchain());
    const rows: Measurement[] = [];
    let missed = 0;
    for (const [name, mutant] of handMade) {
      const patch = patchOf(lean, mutant);
      const samples: number[] = [];
      for (const seed of quick ? seeds.slice(0, 1) : seeds) {
        const { noticed, proved } = await hunt(lean, mutant, patch, {
          ...{ seconds, cores, seed, coverage: 'kernel' },
        });
        note(`${name}, seed ${seed}: noticed after ${noticed ?? '-'} s, False after ${proved ?? '-'} s`);
        if (proved === undefined) missed++;
        else samples.push(proved);
      }
      if (samples.length > 0) rows.push({ name, samples, unit: 's', goal: { atMost: 15 } });
    }
    return [
      ...rows,
      { name: 'campaigns without False', samples: [missed], unit: 'count', goal: { atMost: 0 } },
    ];
  },
};

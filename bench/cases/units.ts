import type { Unit } from '../../src/api/candidate.js';
import type { CorpusEntry } from '../../src/api/entries.js';
import { KernelGenerator } from '../../src/generate/kernel/kernel-generator.js';
import { SourceGenerator } from '../../src/generate/source/generator.js';
import { KernelUnit } from '../../src/ir/unit/kernel-unit.js';
import { SourceUnit } from '../../src/ir/unit/source-unit.js';
import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { decodeEntry, encodeEntry } from '../../src/share/entry-codec.js';
import { Random } from '../../src/util/random.js';
import type { BenchCase, Measurement } from '../case.js';

const depth = 15;

/** Fresh candidates as corpus entries: their bytes, and the time from what was made to bytes and back to trees. */
export const units: BenchCase = {
  name: 'units',
  about: 'bytes of an entry of a fresh candidate, and processor time to write and to read it, without Lean',
  run({ quick }) {
    const count = quick ? 300 : 1000;
    const runs = Array.from({ length: count }, (_, run) => run);
    const source = runs.map((run) => new SourceGenerator(Random.of(1, run), run.toString(36), depth).fresh());
    const kernel = runs.map((run) =>
      new KernelGenerator(Random.of(1, run), run.toString(36), depth, commonEnvironment).fresh(),
    );
    return Promise.resolve([...rows('source', source, quick), ...rows('kernel', kernel, quick)]);
  },
};

function rows(level: 'source' | 'kernel', candidates: readonly Unit[][], quick: boolean): Measurement[] {
  const [writing, reading]: [number[], number[]] = [[], []];
  let bytes: Buffer[] = [];
  // The first rounds warm up the machine code and do not count.
  for (let round = -2; round < (quick ? 5 : 15); round++) {
    const entries = candidates.map((made) => entryOf(level, made.map(asMade)));
    const written = microsOf(() => (bytes = entries.map((entry) => Buffer.from(encodeEntry(entry)))));
    const read = microsOf(() => bytes.forEach((one) => decodeEntry(one).candidate.units.forEach(treeOf)));
    if (round < 0) continue;
    writing.push(written / candidates.length);
    reading.push(read / candidates.length);
  }
  const size = bytes.reduce((sum, { length }) => sum + length, 0) / candidates.length;
  return [
    { name: `${level}: bytes of an entry`, samples: [size], unit: 'B' },
    { name: `${level}: from trees to bytes`, samples: writing, unit: 'us' },
    { name: `${level}: from bytes to trees`, samples: reading, unit: 'us' },
  ];
}

/** The same unit, of which nothing is worked out yet. */
function asMade(unit: Unit): Unit {
  switch (unit.form) {
    case 'kernel':
      return KernelUnit.of(unit.declaration, unit);
    case 'source':
      return new SourceUnit(unit, unit);
    case 'text':
      return unit;
  }
}

function treeOf(unit: Unit): unknown {
  return unit.form === 'kernel' ? unit.declaration : unit;
}

function entryOf(level: 'source' | 'kernel', made: readonly Unit[]): CorpusEntry {
  const lineage = { seed: 1, run: 1, parents: ['0123456789abcdef'], mutators: ['extend'], categories: [] };
  return {
    ...{ id: '0123456789abcdef', outcome: 'accepted', worker: 0, newFeatures: 3, heartbeats: 100 },
    features: Uint32Array.from({ length: 30 }, (_, i) => Math.imul(i, 0x9e3779b1)),
    candidate: { level, lineage, units: made },
  };
}

function microsOf(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

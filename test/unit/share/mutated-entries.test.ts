import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/api/candidate.js';
import { storedEntries } from '../../../src/campaign/offline/corpus/open-corpus.js';
import { KernelGenerator } from '../../../src/generate/kernel/kernel-generator.js';
import { SourceGenerator } from '../../../src/generate/source/generator.js';
import { commonEnvironment } from '../../../src/kernel/base-environment.js';
import { contentId, decodeEntry, encodeEntry } from '../../../src/share/entry-codec.js';
import type { CampaignDatabase, CorpusRow } from '../../../src/store/database.js';
import { MalformedBytes } from '../../../src/util/bytes.js';
import { Random } from '../../../src/util/random.js';
import { plain } from '../../support/candidates.js';
import { candidate as fake, entry } from '../../support/fakes.js';
import { tries } from '../../support/long-form.js';

const originals = 40;
/** Of both levels together. */
const all = tries(20_000, 1_000_000);

/** Entries as a campaign makes them. */
function encoded(level: Candidate['level']): Buffer[] {
  return Array.from({ length: originals }, (_, run) => {
    const random = Random.of(77, run);
    const depth = 1 + (run % 12);
    const units =
      level === 'kernel'
        ? new KernelGenerator(random, 'p', depth, commonEnvironment).fresh()
        : new SourceGenerator(random, 'p', depth).fresh();
    const candidate = fake({ level, units });
    return encodeEntry(entry({ id: contentId(candidate), candidate, features: Uint32Array.of(1, 2, run) }));
  });
}

/** A few bytes changed, taken out, put in, cut off, or taken from another entry. */
function changed(bytes: Buffer, other: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  const length = 1 + random.below(8);
  switch (random.below(7)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), other.subarray(0, length), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), other.subarray(random.below(other.length))]);
  }
  const copy = Buffer.from(bytes);
  for (let n = random.below(3); n >= 0; n--) {
    const place = random.below(copy.length);
    copy[place] = random.chance(0.5)
      ? random.pick([0, 1, 127, 128, 255])
      : (copy[place] ?? 0) ^ (1 << random.below(8));
  }
  return copy;
}

describe.each(['kernel', 'source'] as const)('entries of the %s level with something changed', (level) => {
  const whole = encoded(level);

  it('are read or refused, quickly, and what is read can be written again', () => {
    const random = Random.of(78, level.length);
    const counts = { read: 0, refused: 0 };
    let slowest = 0;
    for (let i = 0; i < all / 2; i++) {
      const bytes = changed(random.pick(whole), random.pick(whole), random);
      const startedAt = performance.now();
      try {
        const one = decodeEntry(bytes);
        // Facts of its units are worked out later, when somebody asks: that has to work, too.
        one.candidate.units.forEach(plain);
        expect(contentId(decodeEntry(encodeEntry(one)).candidate)).toBe(contentId(one.candidate));
        counts.read++;
      } catch (error) {
        if (!(error instanceof MalformedBytes))
          throw new Error(`try ${i}: ${bytes.toString('hex')}`, { cause: error });
        counts.refused++;
      }
      slowest = Math.max(slowest, performance.now() - startedAt);
    }
    console.log(
      `${level}: ${counts.read} read, ${counts.refused} refused, the slowest in ${Math.round(slowest)} ms`,
    );
    expect(slowest, 'a hang').toBeLessThan(5000);
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(all / 40);
  });

  it('are passed over and counted where they are stored, and the others are kept', () => {
    const random = Random.of(79, level.length);
    const rows = whole.flatMap((bytes, i): CorpusRow[] => {
      const row = { number: 2 * i, id: decodeEntry(bytes).id, level, elapsedSeconds: 0, text: '', bytes };
      return [row, { ...row, number: 2 * i + 1, bytes: changed(bytes, bytes.subarray(0, 0), random) }];
    });
    const damaged: string[] = [];
    const database: Pick<CampaignDatabase, 'corpusRows'> = { corpusRows: () => rows };
    const kept = storedEntries(database as CampaignDatabase, (what) => damaged.push(what));
    expect(kept.length + damaged.length).toBe(rows.length);
    for (const { number } of rows.filter((_, i) => i % 2 === 0))
      expect(kept.map((one) => one.number)).toContain(number);
    expect(damaged.length).toBeGreaterThan(originals / 2);
    expect(damaged.every((what) => /^entry \d+ is damaged \(.*\) and is passed over$/.test(what))).toBe(true);
  });
});

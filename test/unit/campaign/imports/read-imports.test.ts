import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CorpusEntry } from '../../../../src/api/entries.js';
import { loadImports, readImports } from '../../../../src/campaign/imports/read-imports.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { app, constant, type Expr } from '../../../../src/ir/expr.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { exportNdjson } from '../../../../src/kernel/export/ndjson.js';
import { contentId, encodeEntry } from '../../../../src/share/entry-codec.js';
import { CampaignDatabase } from '../../../../src/store/database.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const Nat = constant('Nat');

function ndjson(declarations: readonly Declaration[]): string {
  return exportNdjson(declarations, { version: '0', lean: { version: '4.35.0', githash: '' } }).text;
}

function define(name: string, value: Expr): Declaration {
  return {
    kind: 'definition',
    name,
    levelParams: [],
    type: Nat,
    value,
    hint: 'abbreviation',
    safety: 'safe',
  };
}

function entryOf(name: string): CorpusEntry {
  const units = [KernelUnit.of(define(name, constant('Nat.zero')))];
  const lineage = { seed: 1, run: 2, parents: [], mutators: ['fresh'], categories: [] };
  const candidate = { level: 'kernel', lineage, units } as const;
  const rest = { features: Uint32Array.of(7), newFeatures: 1, heartbeats: 0, outcome: 'accepted', worker: 0 };
  return { id: contentId(candidate), candidate, ...rest } as CorpusEntry;
}

/** A folder of a campaign with a damaged entry and these. */
function campaignAt(folder: string, ...entries: CorpusEntry[]): void {
  mkdirSync(folder);
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  for (const entry of entries) database.addEntry({ entry, bytes: encodeEntry(entry) }, 0);
  const spoilt = entryOf('spoilt');
  database.addEntry({ entry: spoilt, bytes: Buffer.from('garbage') }, 0);
  database.close();
  // Nothing but the corpus is read.
  writeFileSync(join(folder, 'Finding.lean'), 'def notRead := 1\n');
}

/** The level of each part, and behind it the names that it declares. */
function shown(parts: ReturnType<typeof readImports>['parts']): string[] {
  return parts.map(({ level, units }) => `${level} ${units.flatMap((unit) => unit.declares).join(' ')}`);
}

describe('an import', () => {
  it('takes all kinds of a mixed folder, and counts in a line each what it leaves out', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'below'));
    writeFileSync(join(folder, 'below', 'a.lean'), 'import Mathlib\ndef a := 1\n');
    writeFileSync(join(folder, 'twice.lean'), 'def a := 1\n');
    writeFileSync(join(folder, 'empty.lean'), '-- nothing\n');
    writeFileSync(join(folder, 'latin.lean'), Buffer.from('def \xe9 := 1\n', 'latin1'));
    writeFileSync(join(folder, 'notes.md'), 'garbage');
    writeFileSync(join(folder, 'photo.png'), 'garbage');
    const entry = entryOf('exported');
    writeFileSync(join(folder, `${entry.id}.entry`), encodeEntry(entry));
    writeFileSync(join(folder, `${entry.id}.txt`), 'its listing');
    writeFileSync(join(folder, 'cut.entry'), encodeEntry(entry).subarray(0, 20));
    writeFileSync(join(folder, 'e.ndjson'), ndjson([define('one', constant('Nat.zero'))]));
    writeFileSync(join(folder, 'trace.ndjson'), '{"run":0}\n');
    execFileSync('mkfifo', [join(folder, 'pipe.lean')]);
    symlinkSync('/no/such/file', join(folder, 'dangling.entry'));
    campaignAt(join(folder, 'campaign'), entryOf('kept'));
    const { parts, notes } = readImports('--import', folder);
    expect(shown(parts)).toEqual(['kernel kept', 'kernel exported', 'kernel one', 'source a']);
    expect(parts[1]?.entry?.id).toBe(entry.id);
    expect(notes.map((note) => note.replaceAll(folder, ''))).toEqual([
      expect.stringMatching(/^2 files left out, first \/dangling\.entry: no plain file$/),
      '2 files of other kinds left out, first /notes.md',
      expect.stringMatching(/^1 damaged entry left out, entry 2 \(.*\) of \/campaign$/),
      expect.stringMatching(/^1 \.entry file left out, cut\.entry: .*`corpus export` of this version/),
      expect.stringMatching(/^1 \.ndjson file left out, trace\.ndjson: line 1: .*meta/),
      '2 .lean files left out, first empty.lean: no declarations',
    ]);
  });

  it('takes one file, and a campaign by its folder', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.lean'), 'def a := 1\n');
    expect(shown(readImports('--import', join(folder, 'a.lean')).parts)).toEqual(['source a']);
    campaignAt(join(folder, 'c'), entryOf('kept'));
    expect(shown(readImports('--import', join(folder, 'c')).parts)).toEqual(['kernel kept']);
  });

  it('divides a large export, each part with all that it builds on', () => {
    const chain = Array.from({ length: 50 }, (_, n) =>
      define(`c${n}`, n === 0 ? constant('Nat.zero') : app(constant('Nat.succ'), constant(`c${n - 1}`))),
    );
    const alone = Array.from({ length: 30 }, (_, n) => define(`d${n}`, constant('c1')));
    const axiom: Declaration = { kind: 'axiom', name: 'bad', levelParams: [], type: Nat, unsafe: false };
    const file = join(temporaryFolder(), 'e.ndjson');
    writeFileSync(file, ndjson([...chain, ...alone, axiom, define('onBad', constant('bad'))]));
    const { parts, notes } = readImports('--import', file);
    expect(parts).toHaveLength(31);
    expect(parts[0]?.units).toHaveLength(50);
    expect(shown(parts).at(-1)).toBe('kernel c0 c1 d29');
    expect(notes).toEqual([
      expect.stringMatching(/^1 declaration left out, onBad of .*: unit 0: an axiom, which proves nothing$/),
    ]);
  });

  it('keeps to the levels that run, and says how much is left out', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.lean'), 'def a := 1\n');
    const entry = entryOf('exported');
    writeFileSync(join(folder, 'b.entry'), encodeEntry(entry));
    expect(loadImports({ importFolder: folder, level: 'both' }).parts).toHaveLength(2);
    const kernel = loadImports({ importFolder: folder, level: 'kernel' });
    expect(shown(kernel.parts)).toEqual(['kernel exported']);
    expect(kernel.notes).toEqual(['1 part of source level left out at --level kernel']);
    expect(() => loadImports({ importFolder: join(folder, 'a.lean'), level: 'kernel' })).toThrow(
      /^--import: got .*, expected something for --level kernel/,
    );
  });

  it('is refused in one line where nothing can be used', () => {
    const folder = temporaryFolder();
    const read = (): unknown => readImports('--import', folder);
    expect(read).toThrow(/^--import: got "[^"]*", expected a campaign, or a file or folder of .lean, .entry/);
    writeFileSync(join(folder, 'x.entry'), 'garbage');
    expect(read).toThrow(/; 1 \.entry file left out, x\.entry: [^\n]*$/);
    chmodSync(folder, 0o755);
    expect(() => readImports('--import', join(folder, 'no'))).toThrow("can't be read: ENOENT");
  });
});

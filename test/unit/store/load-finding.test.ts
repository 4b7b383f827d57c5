import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../src/api/execution.js';
import { writeFindingFolder } from '../../../src/store/finding-folder.js';
import { loadFinding } from '../../../src/store/load-finding.js';
import { UserError } from '../../../src/util/errors.js';
import { candidate, finding } from '../../support/fakes.js';
import { encode } from '../../../src/ir/encode.js';
import { nat } from '../../../src/ir/expr.js';
import { theorem } from '../../support/terms.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { embedded } from '../../support/leans.js';
import { KernelUnit } from '../../../src/ir/unit/kernel-unit.js';
import { plain } from '../../support/candidates.js';

const limits = {
  ...{ kernelHeartbeats: 0, maxHeartbeats: 4000, maxRecDepth: 512, stackBytes: 64 << 20, memoryMiB: 256 },
  natMaxBytes: 128 << 20,
};
const context = {
  ...{ target: 'embedded' as const, lean: embedded, mutant: undefined, elapsedSeconds: 1, limits },
};
const kernelClaim: Claim = {
  name: 'replay',
  constant: 'x',
  step: { kind: 'declaration', words: encode([theorem(nat(0xffffffffn), 'claimed')]) },
};
const kernelCandidate = candidate({
  level: 'kernel',
  units: [KernelUnit.of(theorem(nat(0xfffffffen)))],
});

describe('loadFinding', () => {
  it.each([
    ['a source-level solution', finding()],
    ['a crash, which has no claim', finding({ claim: undefined, outcome: 'crashed' })],
    ['a kernel-level solution', finding({ candidate: kernelCandidate, claim: kernelClaim })],
  ])('gives back %s from its folder and from its file', (_, stored) => {
    const folder = writeFindingFolder(temporaryFolder(), stored, 'text', context);
    for (const path of [folder, join(folder, 'finding.json')]) {
      const loaded = loadFinding(path);
      expect(loaded.candidate.lineage).toEqual(stored.candidate.lineage);
      expect(loaded.candidate.units.map(plain)).toEqual(stored.candidate.units.map(plain));
      expect(loaded.claim).toEqual(stored.claim);
      expect(loaded.file).toMatchObject({
        id: stored.id,
        kind: 'solution',
        outcome: stored.outcome,
        text: 'text',
        limits,
      });
    }
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(
      '\n- limits: kernel heartbeats without limit, maxHeartbeats 4000, maxRecDepth 512, stack 64 MiB, memory 256 MiB, LEAN_NAT_MAX_SIZE 134217728\n',
    );
  });
});

describe('loadFinding refuses', () => {
  const good = {
    ...{ format: 'lean-fuzz finding', version: 1, units: [], claim: null },
    ...{ id: 'x', kind: 'solution', outcome: 'accepted', leanVersion: '4.28.0', level: 'source', text: '' },
    ...{ reasons: [], signature: '', seed: 1, run: 2, parents: [], mutators: [] },
  };

  it('nothing that is complete', () => {
    const path = join(temporaryFolder(), 'finding.json');
    writeFileSync(path, JSON.stringify(good));
    expect(loadFinding(path).candidate.units).toEqual([]);
  });

  it.each<[string, string]>([
    ['what is no JSON', 'theorem x : False := by decide'],
    ['JSON of something else', '{"name": "lean-fuzz"}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a finding without units', JSON.stringify({ ...good, units: undefined })],
    ['a finding without a claim', JSON.stringify({ ...good, claim: undefined })],
    ['a finding of another version', JSON.stringify({ ...good, version: 2 })],
    ['units that are none', JSON.stringify({ ...good, units: [null] })],
    ['a claim that is none', JSON.stringify({ ...good, claim: 5 })],
    ['a unit without text', JSON.stringify({ ...good, units: [{ words: null, declares: [] }] })],
    ['a finding of a Lean that is none', JSON.stringify({ ...good, lean: null })],
    ['a finding of half a Lean', JSON.stringify({ ...good, lean: { kind: 'native', version: '4.35.0' } })],
    ['a finding whose known cause is no text', JSON.stringify({ ...good, known: [1] })],
    ['a finding that does not say of which Lean', JSON.stringify({ ...good, leanVersion: undefined })],
    ['a kind that there is not', JSON.stringify({ ...good, kind: 'rumour' })],
    ['a level that there is not', JSON.stringify({ ...good, level: 'sea' })],
    ['a seed that is no number', JSON.stringify({ ...good, seed: 'x' })],
    ['limits that are none', JSON.stringify({ ...good, limits: null })],
    ['limits without a stack', JSON.stringify({ ...good, limits: { ...limits, stackBytes: undefined } })],
    ['limits of text', JSON.stringify({ ...good, limits: { ...limits, natMaxBytes: '128 MiB' } })],
    ['an empty file', ''],
  ])('%s, with exit code 2 and one line that names the file', (_, content) => {
    const path = join(temporaryFolder(), 'finding.json');
    writeFileSync(path, content);
    expectRefused(path);
  });

  it('a folder without a finding, and a path without anything', () => {
    const folder = join(temporaryFolder(), 'empty');
    expectRefused(folder);
    mkdirSync(folder);
    expectRefused(folder);
  });

  function expectRefused(path: string): void {
    let thrown: unknown;
    try {
      loadFinding(path);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UserError);
    expect(thrown).toMatchObject({ exitCode: 2, message: expect.stringContaining(path) as string });
    expect((thrown as UserError).message).not.toContain('\n');
  }
});

describe('words of a unit', () => {
  const written = (change: (unit: Record<string, unknown>) => void): string => {
    const folder = temporaryFolder();
    const source = KernelUnit.of(theorem(nat(1n)), { expected: 'reject' });
    const kernel = finding({ candidate: candidate({ level: 'kernel', units: [source] }), claim: undefined });
    const context = {
      target: 'embedded' as const,
      lean: embedded,
      mutant: undefined,
      elapsedSeconds: 1,
    };
    const path = join(writeFindingFolder(folder, kernel, '', context), 'finding.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as { units: Record<string, unknown>[] };
    file.units.forEach(change);
    writeFileSync(path, JSON.stringify(file));
    return path;
  };

  it('are refused where they are no declarations', () => {
    const path = written((u) => (u['words'] = 'AQIDBA=='));
    expect(() => loadFinding(path)).toThrow(/malformed words \(word 1: version/);
  });

  it('are refused with an expectation that there is not, naming it', () => {
    const path = written((u) => (u['expected'] = 'maybe'));
    expect(() => loadFinding(path)).toThrow(
      /got "units\[0\]\.expected "maybe"", expected one of any, accept, reject/,
    );
  });

  it('are refused where they are missing in a unit of the kernel level', () => {
    const path = written((u) => (u['words'] = null));
    expect(() => loadFinding(path)).toThrow(
      /got "units\[0\] without words", expected a unit of level kernel/,
    );
  });

  it('may come without what was expected of them', () => {
    const path = written((u) => delete u['expected']);
    expect(loadFinding(path).candidate.units[0]?.expected).toBe('any');
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/api/entries.js';
import { encode } from '../../../src/ir/encode.js';
import { constant, fvar, lambda } from '../../../src/ir/expr.js';
import {
  removeFindingFolder,
  writeFindingFolder,
  type FindingFile,
} from '../../../src/store/finding-folder.js';
import { packageVersion } from '../../../src/util/package.js';
import { candidate, finding, unit, verdict } from '../../support/fakes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { theorem } from '../../support/terms.js';
import { embedded } from '../../support/leans.js';

const context = {
  target: 'embedded' as const,
  lean: embedded,
  mutant: undefined,
  elapsedSeconds: 12.5,
};
const text = 'def f := 1\n\ntheorem soundness_check : False := by decide\n';

function write(solutions: string, of: Finding = finding()): string {
  return writeFindingFolder(solutions, of, text, context);
}
function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

describe('writeFindingFolder', () => {
  it('writes the Lean text, everything about it as JSON, and how to replay it', () => {
    const folder = write(temporaryFolder());
    expect(readdirSync(folder).sort()).toEqual([
      'Finding.lean',
      'README.md',
      'certification',
      'finding.json',
    ]);
    expect(read(folder, 'Finding.lean')).toBe(text);
    expect(read(folder, 'README.md')).toContain('npx lean-fuzz replay .');
    expect(JSON.parse(read(folder, 'finding.json'))).toMatchObject({
      ...{ format: 'lean-fuzz finding', kind: 'solution', axioms: ['propext'], seed: 7, run: 3 },
      ...{ target: 'embedded' as const, leanVersion: '4.28.0', packageVersion, kernelMutant: null, text },
    } satisfies Partial<FindingFile>);
  });

  it('is named by kind and content', () => {
    const solutions = temporaryFolder();
    write(solutions);
    expect(readdirSync(solutions)).toEqual([`solution-${finding().id}`]);
  });

  it('says aloud when the kernel had a planted bug', () => {
    const folder = writeFindingFolder(temporaryFolder(), finding(), text, {
      ...context,
      mutant: 'positivity',
    });
    expect(read(folder, 'README.md')).toContain('planted bug (positivity)');
    expect(JSON.parse(read(folder, 'finding.json'))).toMatchObject({ kernelMutant: 'positivity' });
  });

  it('replaces an older folder of the same finding as a whole', () => {
    const solutions = temporaryFolder();
    writeFileSync(join(write(solutions), 'stray'), 'left from before');
    expect(readdirSync(write(solutions))).not.toContain('stray');
  });

  it('takes away what an interrupted writer of the same process left', () => {
    const solutions = temporaryFolder();
    const leftover = join(solutions, `.solution-${finding().id}.${process.pid}.tmp`);
    mkdirSync(leftover);
    writeFileSync(join(leftover, 'half'), '');
    write(solutions);
    expect(readdirSync(solutions)).toEqual([`solution-${finding().id}`]);
  });

  it('leaves nothing half-written where it can not go on', () => {
    const solutions = temporaryFolder();
    const unprintable = finding({ candidate: { ...finding().candidate, lineage: unserializable() } });
    expect(() => write(solutions, unprintable)).toThrow();
    expect(readdirSync(solutions)).toEqual([]);
  });
});

/** A lineage that can't be written down: stands in for a disk that is full in the middle of the writing. */
function unserializable(): Finding['candidate']['lineage'] {
  return { seed: 7n as unknown as number, run: 3, parents: [], mutators: [], categories: [] };
}

describe('the folder of a kernel-level finding', () => {
  const words = encode([theorem(constant('True.intro'))]);
  const kernelFinding = (of: Uint32Array): Finding => ({
    ...finding(),
    candidate: candidate({ level: 'kernel', units: [unit({ kind: 'theorem', text: '', words: of })] }),
    claim: null,
  });

  it('says the declarations in several forms, each of them explained', () => {
    const folder = write(temporaryFolder(), kernelFinding(words));
    const names = ['Finding.lean', 'added.ndjson', 'listing.txt', 'tree.bin'];
    expect(readdirSync(folder).sort()).toEqual(
      [...names, 'README.md', 'certification', 'finding.json'].sort(),
    );
    expect(read(folder, 'listing.txt')).toBe('theorem t : True :=\n  True.intro\n');
    expect(read(folder, 'Finding.lean')).toContain('@True.intro');
    for (const name of names) expect(read(folder, 'README.md')).toContain(`- ${name}: `);
    const bytes = readFileSync(join(folder, 'tree.bin'));
    expect(bytes.length).toBe(words.length * 4);
    expect(bytes.readUInt32LE(0)).toBe(words[0]);
  });

  it('has no Lean text where Lean text can not say it', () => {
    const folder = write(temporaryFolder(), kernelFinding(encode([theorem(fvar('x'))])));
    expect(readdirSync(folder)).not.toContain('Finding.lean');
  });

  it('is written even if its words are malformed', () => {
    const folder = write(temporaryFolder(), kernelFinding(new Uint32Array([9])));
    expect(read(folder, 'listing.txt')).toContain('malformed');
  });
});

describe('the certification of a finding', () => {
  const words = encode([theorem(constant('True.intro'))]);
  const kernel = (signature: string, of = words, kind: 'lead' | 'solution' = 'lead'): Finding =>
    finding({
      candidate: candidate({ level: 'kernel', units: [unit({ kind: 'theorem', text: '', words: of })] }),
      verdict: verdict({ kind, signature }),
      claim: null,
    });

  it('is a Lake project in which the finding is the solution', () => {
    const folder = write(temporaryFolder());
    const project = join(folder, 'certification', 'project');
    expect(readdirSync(project).sort()).toEqual(
      [
        'Challenge.lean',
        'Solution.lean',
        'Template',
        'Template.lean',
        'config.json',
        'lakefile.toml',
        'lean-toolchain',
      ].sort(),
    );
    expect(readFileSync(join(project, 'Solution.lean'), 'utf8')).toBe(text);
    expect(read(folder, 'certification/README.md')).toContain('lake env comparator config.json');
    expect(existsSync(join(folder, 'certification', 'arena'))).toBe(false);
  });

  it.each([
    ['accepted theorem: data out of a proof', 'reject'],
    ['refused mirrored (kernel) x', 'accept'],
  ])('says what a correct kernel answers to a lead "%s"', (signature, outcome) => {
    const folder = write(temporaryFolder(), kernel(signature));
    expect(readdirSync(join(folder, 'certification')).sort()).toEqual(['README.md', 'arena']);
    const yaml = read(folder, 'certification/arena/finding.yaml');
    expect(yaml).toContain(`file: finding.ndjson\noutcome: ${outcome}\n`);
    const lines = read(folder, 'certification/arena/finding.ndjson').trim().split('\n');
    expect(lines.some((line) => line.startsWith('{"inductive"'))).toBe(true);
    expect(lines.at(-1)).toContain('"thm"');
  });

  it('is not there for a crash, about which other kernels can say nothing', () => {
    const folder = write(temporaryFolder(), kernel('crashed exit'));
    expect(readdirSync(folder)).not.toContain('certification');
  });

  it('says what its export lacks', () => {
    const folder = write(temporaryFolder(), kernel('accepted opaque: x', encode([theorem(fvar('x'))])));
    expect(read(folder, 'certification/arena/finding.yaml')).toContain('incomplete: t has a free variable');
    expect(read(folder, 'certification/arena/finding.yaml')).not.toContain('outcome:');
  });

  it('lists the constants that its export never declares, and says nothing of a correct answer', () => {
    const odd = encode([theorem(lambda('x', constant('no.where'), constant('at.all')))]);
    const folder = write(temporaryFolder(), kernel('accepted opaque: x', odd));
    const yaml = read(folder, 'certification/arena/finding.yaml');
    expect(yaml).toContain('incomplete: only mentioned: at.all, no.where\n');
    expect(yaml).not.toContain('outcome:');
    const [meta = ''] = read(folder, 'certification/arena/finding.ndjson').split('\n');
    expect(JSON.parse(meta)).toMatchObject({
      meta: { lean: { version: '4.28.0', githash: expect.stringMatching(/^[0-9a-f]{40}$/) as string } },
    });
  });
});

describe('removeFindingFolder', () => {
  it('takes a folder away, unless answers of other checkers are in it', () => {
    const [parent, other] = [temporaryFolder(), temporaryFolder()];
    const [plain, answered] = [write(parent), write(other)];
    writeFileSync(join(answered, 'certification', 'answers.json'), '{}');
    removeFindingFolder(plain);
    removeFindingFolder(answered);
    expect([existsSync(plain), existsSync(answered)]).toEqual([false, true]);
  });
});

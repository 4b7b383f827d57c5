import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endSignature } from '../../../src/judge/signature.js';
import type { Finding } from '../../../src/api/entries.js';
import { encode } from '../../../src/ir/encode.js';
import { constant, fvar, lambda } from '../../../src/ir/expr.js';
import type { FindingFile } from '../../../src/store/finding-files.js';
import { updateFindingFolder, writeFindingFolder } from '../../../src/store/finding-folder.js';
import { loadFinding } from '../../../src/store/load-finding.js';
import { packageVersion } from '../../../src/util/package.js';
import { candidate, finding, leadVerdict, signatureNamed } from '../../support/fakes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { theorem } from '../../support/terms.js';
import { embedded } from '../../support/leans.js';
import { kernelUnit } from '../../support/kernel-units.js';
import { KernelUnit } from '../../../src/ir/unit/kernel-unit.js';

const context = {
  target: 'embedded' as const,
  lean: embedded,
  mutant: undefined,
  elapsedSeconds: 12.5,
};
const text = 'def f := 1\n\ntheorem soundness_check : False := by decide\n';

function write(solutions: string, of: Finding = finding(), campaign: string | null = 'own'): string {
  return writeFindingFolder(solutions, of, text, context, campaign);
}
function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

describe('writeFindingFolder', () => {
  it('writes the Lean text, everything about it as JSON, and how to replay it', () => {
    const folder = write(temporaryFolder());
    expect(readdirSync(folder).sort()).toEqual([
      '.campaign',
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

  it('gives its own folder a smaller form, and keeps the former and what others put there', () => {
    const solutions = temporaryFolder();
    const folder = write(solutions, kernelForm(true));
    const answers = join('certification', 'answers.json');
    mkdirSync(join(folder, 'certification'), { recursive: true });
    for (const name of ['native.json', answers, 'notes']) writeFileSync(join(folder, name), 'kept');
    writeFileSync(
      join(folder, 'README.md'),
      `${read(folder, 'README.md')}\n## On a native Lean\n\n- confirmed\n`,
    );
    const former = read(folder, 'finding.json');
    expect(write(solutions, kernelForm(false))).toBe(folder);
    for (const name of ['native.json', answers, 'notes']) expect(read(folder, name)).toBe('kept');
    expect(read(folder, 'README.md')).toMatch(/## On a native Lean\n\n- confirmed\n$/);
    const [kept = '', ...others] = readdirSync(join(folder, 'history'));
    expect(others).toEqual([]);
    expect(read(folder, `history/${kept}`)).toBe(former);
    expect(loadFinding(join(folder, 'history', kept)).candidate).toEqual(kernelForm(true).candidate);
    expect(loadFinding(folder).candidate).toEqual(kernelForm(false).candidate);
    // The former form could be said as Lean text, this one can not.
    expect(read(folder, 'Finding.lean')).toContain('import Lean');
  });

  it('leaves the folder of another campaign alone', () => {
    const solutions = temporaryFolder();
    const theirs = write(solutions, finding(), 'theirs');
    expect(write(solutions, finding())).toBe(theirs);
    const other = finding({ claim: undefined });
    const before = read(theirs, 'finding.json');
    expect(write(solutions, other)).toBe(`${theirs}-own`);
    expect(read(theirs, 'finding.json')).toBe(before);
    expect(loadFinding(`${theirs}-own`).claim).toBeUndefined();
  });

  it('follows no link below the folder that it was given', () => {
    const [solutions, outside] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(outside, '.campaign'), 'own\n');
    writeFileSync(join(outside, 'finding.json'), '{}');
    symlinkSync(outside, join(solutions, `solution-${finding().id}`));
    expect(write(solutions)).toBe(join(solutions, `solution-${finding().id}-own`));
    expect(readdirSync(outside).sort()).toEqual(['.campaign', 'finding.json']);
    const folder = write(temporaryFolder());
    rmSync(join(folder, 'certification'), { recursive: true });
    symlinkSync(outside, join(folder, 'certification'));
    expect(() => updateFindingFolder(folder, finding(), text, context)).toThrow(/got "a link"/);
    rmSync(join(folder, 'certification'));
    symlinkSync(join(outside, 'finding.json'), join(folder, 'native.json'));
    symlinkSync(join(outside, 'finding.json'), join(folder, 'README.md.tmp'));
    updateFindingFolder(folder, finding(), text, context);
    expect(read(outside, 'finding.json')).toBe('{}');
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

/** A kernel-level finding: with a declaration that Lean text can say, or without any. */
function kernelForm(sayable: boolean): Finding {
  return finding({
    candidate: candidate({
      level: 'kernel',
      units: [kernelUnit(theorem(sayable ? constant('True.intro') : fvar('x')))],
    }),
    claim: undefined,
  });
}

function unitOfWords(words: Uint32Array): KernelUnit {
  return KernelUnit.ofWords(words, { kind: 'theorem', declares: ['f'], uses: [], expected: 'any' });
}

/** A lineage that can't be written down: stands in for a disk that is full in the middle of the writing. */
function unserializable(): Finding['candidate']['lineage'] {
  return { seed: 7n as unknown as number, run: 3, parents: [], mutators: [], categories: [] };
}

describe('the folder of a kernel-level finding', () => {
  const words = encode([theorem(constant('True.intro'))]);
  const kernelFinding = (of: Uint32Array): Finding => ({
    ...finding(),
    candidate: candidate({ level: 'kernel', units: [unitOfWords(of)] }),
    claim: undefined,
  });

  it('says the declarations in several forms, each of them explained', () => {
    const folder = write(temporaryFolder(), { ...kernelFinding(words), elaborated: true });
    const names = ['Finding.lean', 'added.ndjson', 'listing.txt', 'tree.bin'];
    expect(readdirSync(folder).sort()).toEqual(
      [...names, '.campaign', 'README.md', 'certification', 'finding.json'].sort(),
    );
    expect(read(folder, 'listing.txt')).toBe('theorem t : True :=\n  True.intro\n');
    expect(read(folder, 'Finding.lean')).toContain('@True.intro');
    for (const name of names) expect(read(folder, 'README.md')).toContain(`- ${name}: `);
    const bytes = readFileSync(join(folder, 'tree.bin'));
    expect(bytes.length).toBe(words.length * 4);
    expect(bytes.readUInt32LE(0)).toBe(words[0]);
  });

  it('has a raw file where Lean text can not say it, or where no Lean has elaborated that', () => {
    for (const finding of [
      { ...kernelFinding(encode([theorem(fvar('x'))])), elaborated: true },
      kernelFinding(words),
      { ...kernelFinding(words), elaborated: false },
    ]) {
      const folder = write(temporaryFolder(), finding);
      expect(read(folder, 'Finding.lean')).toContain('run_cmd liftCoreM (addDecl declaration1)');
      expect(read(folder, 'README.md')).toContain('- Finding.lean: a raw reproducer');
      const { elaborated } = JSON.parse(read(folder, 'finding.json')) as { elaborated?: boolean };
      expect(elaborated).toBe(finding.elaborated);
      expect(loadFinding(folder).file.elaborated).toBe(finding.elaborated);
    }
  });

  it('puts the text of a proof in front of the term that it ends in', () => {
    const step = { kind: 'declaration', words: encode([theorem(fvar('x'))]) } as const;
    const claim = { name: 'proof', constant: 't', step };
    const folder = write(temporaryFolder(), { ...finding(), claim });
    expect(read(folder, 'Finding.lean')).toMatch(
      /^.*\nimport Lean\n\n[^]*\.fvar \{ name := `x \}[^]*#print axioms t\n$/,
    );
    expect(read(folder, 'certification/project/Solution.lean')).toBe(read(folder, 'Finding.lean'));
  });

  it('is written even if the words of its claim are malformed', () => {
    const step = { kind: 'declaration', words: new Uint32Array([9]) } as const;
    const claim = { name: 'odd', constant: 't', step };
    const folder = write(temporaryFolder(), { ...kernelFinding(words), claim });
    expect(read(folder, 'listing.txt')).toContain('malformed');
  });
});

describe('the certification of a finding', () => {
  const words = encode([theorem(constant('True.intro'))]);
  const kernel = (of = words, found: Finding['verdict'] = leadVerdict()): Finding =>
    finding({
      candidate: candidate({ level: 'kernel', units: [unitOfWords(of)] }),
      verdict: found,
      claim: undefined,
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
    ['something accepted', leadVerdict(), 'reject'],
    ['something refused', leadVerdict({ signature: signatureNamed('x') }), 'accept'],
  ])('says what a correct kernel answers to a lead about %s', (_, lead, outcome) => {
    const folder = write(temporaryFolder(), kernel(words, lead));
    expect(JSON.parse(read(folder, 'finding.json'))).toMatchObject({ correct: outcome });
    expect(readdirSync(join(folder, 'certification')).sort()).toEqual(['README.md', 'arena']);
    const yaml = read(folder, 'certification/arena/finding.yaml');
    expect(yaml).toContain(`file: finding.ndjson\noutcome: ${outcome}\n`);
    const lines = read(folder, 'certification/arena/finding.ndjson').trim().split('\n');
    expect(lines.some((line) => line.startsWith('{"inductive"'))).toBe(true);
    expect(lines.at(-1)).toContain('"thm"');
  });

  it('is not there for a crash, about which other kernels can say nothing', () => {
    const folder = write(
      temporaryFolder(),
      kernel(
        words,
        leadVerdict({ signature: endSignature({ kind: 'crashed', message: 'x', at: 0 }, undefined, '') }),
      ),
    );
    expect(readdirSync(folder)).not.toContain('certification');
  });

  it('says what its export lacks', () => {
    const folder = write(temporaryFolder(), kernel(encode([theorem(fvar('x'))])));
    expect(read(folder, 'certification/arena/finding.yaml')).toContain('incomplete: t has a free variable');
    expect(read(folder, 'certification/arena/finding.yaml')).not.toContain('outcome:');
  });

  it('lists the constants that its export never declares, and says nothing of a correct answer', () => {
    const odd = encode([theorem(lambda('x', constant('no.where'), constant('at.all')))]);
    const folder = write(temporaryFolder(), kernel(odd));
    const yaml = read(folder, 'certification/arena/finding.yaml');
    expect(yaml).toContain('incomplete: only mentioned: at.all, no.where\n');
    expect(yaml).not.toContain('outcome:');
    const [meta = ''] = read(folder, 'certification/arena/finding.ndjson').split('\n');
    expect(JSON.parse(meta)).toMatchObject({
      meta: { lean: { version: '4.28.0', githash: expect.stringMatching(/^[0-9a-f]{40}$/) as string } },
    });
  });
});

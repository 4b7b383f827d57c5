import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Unit } from '../../src/api/candidate.js';
import { CustomMutators } from '../../src/generate/custom/custom-mutators.js';
import { Random } from '../../src/util/random.js';
import { packageRoot } from '../../src/util/package.js';
import { UserError } from '../../src/util/errors.js';
import { corpusOf, leanFuzz, summaryOf, traceOf, type JsonLine } from '../support/campaign.js';
import { entry, unit } from '../support/fakes.js';
import { kernelUnit } from '../support/kernel-units.js';
import { theorem } from '../support/terms.js';
import { constant } from '../../src/ir/expr.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { plain, textOf } from '../support/candidates.js';

const limits = { callMillis: 300, startMillis: 5000, memoryMiB: 64 };

/** A module's file with these hooks in its mutator. */
function mutatorFile(hooks: string, name = 'm'): string {
  const file = join(temporaryFolder(), `${name}.mjs`);
  writeFileSync(file, `export default { name: '${name}', ${hooks} };\n`);
  return file;
}

interface Loaded {
  mutators: CustomMutators;
  notices: string[];
  refused: number;
  /** Calls the mutate hook of the first mutator. */
  mutate: (units?: readonly Unit[], seed?: number) => Unit[] | undefined;
}

function load(...files: string[]): Loaded {
  const loaded: Loaded = {
    notices: [],
    refused: 0,
    mutators: new CustomMutators(
      files,
      7,
      { notice: (text) => loaded.notices.push(text), refused: () => loaded.refused++ },
      limits,
    ),
    mutate: (units = [unit()], seed = 1) => {
      const [first] = loaded.mutators.mutators(units[0]?.form === 'kernel' ? 'kernel' : 'source');
      const context = { random: Random.of(seed), tag: 't', other: units, maxUnits: 9, grow: () => [] };
      return first?.mutate(units, context);
    },
  };
  onTestFinished(() => void loaded.mutators.stop());
  return loaded;
}

describe('a custom mutator', () => {
  it('sees texts, draws from the seed, and names what it makes', () => {
    const { mutate } = load(
      mutatorFile(`mutate: ({ level, units }, { random, name }) =>
        [...units, \`def \${name('f')} := "\${level} \${units[0].text} \${random.below(1000)}"\`]`),
    );
    const made = mutate();
    expect(made?.[1]).toMatchObject({ kind: 'def', declares: ['ft_m0_0'] });
    expect(textOf(made?.[1])).toMatch(/^def ft_m0_0 := "source def f := 1 \d+"$/);
    expect(mutate([unit()], 1)?.map(plain)).toEqual(made?.map(plain));
    expect(mutate([unit()], 2)?.map(plain)).not.toEqual(made?.map(plain));
  });

  it('sees trees and gives trees, words and what it got', () => {
    const units = [kernelUnit(theorem(constant('x'))), kernelUnit(theorem(constant('y'), 'u'))];
    const { mutate, notices } = load(
      mutatorFile(`mutate: ({ units }) => [...units, { ...units[0].declaration, name: 'copy' }]`),
    );
    const made = mutate(units);
    expect(notices).toEqual([]);
    expect(made?.slice(0, -1).map(textOf)).toEqual(units.map(textOf));
    expect(made?.at(-1)?.declares[0]).toBe('copy');
  });

  it('has state of its own, init gets the seed, and describe goes into the lineage', () => {
    const { mutators } = load(
      mutatorFile(`init(seed) { this.said = 'seed ' + seed; }, describe() { return this.said; },
        havocProbability: 1, havoc: ({ units }) => [...units, 'def more := 1']`),
    );
    const finished = mutators.finish('source', [unit()], Random.of(1), 't');
    expect(finished).toMatchObject({ changes: [{ mutator: 'custom:m', isCustom: true, words: 'seed-7' }] });
  });

  it('stands in a stack: post-processors run in order, each on what the one before it made', () => {
    const append = (what: string): string =>
      `postProcess: ({ units }) => units.map((u) => u.text + ' ${what}')`;
    const { mutators } = load(mutatorFile(append('a'), 'one'), mutatorFile(append('b'), 'two'));
    const finished = mutators.finish('source', [unit({ text: 'def f := 1' })], Random.of(1), 't');
    expect(finished).toMatchObject({
      units: [{ text: 'def f := 1 a b' }],
      changes: [{ mutator: 'custom:one' }, { mutator: 'custom:two' }],
    });
  });

  it('takes from two entries in crossover', () => {
    const file = mutatorFile(
      'crossover: (a, b) => [...a.units, ...b.units.map((u) => u.text + " -- other")]',
    );
    const [mutator] = load(file).mutators.mutators('source');
    expect(mutator).toMatchObject({ name: 'custom:m+', crosses: true });
    const context = {
      random: Random.of(1),
      tag: 't',
      other: [unit({ text: 'def g := 2' })],
      maxUnits: 9,
      grow: () => [],
    };
    expect(mutator?.mutate([unit()], context)?.map(textOf)).toEqual(['def f := 1', 'def g := 2 -- other']);
  });

  it('filters the queue, but not all of it, and hears of new entries', () => {
    const { mutators, notices } = load(
      mutatorFile(`queueFilter: (e) => { if (e.id === 'told') throw new Error(String(globalThis.heard)); return e.id === 'good'; },
        newEntry: (e) => { globalThis.heard = e.id + e.newFeatures + e.candidate.units.length; }`),
    );
    const from =
      (...ids: string[]) =>
      () =>
        entry({ id: ids.shift() ?? 'last' });
    expect(mutators.pick(from('bad', 'good'))?.id).toBe('good');
    expect(mutators.pick(from('bad', 'worse', 'worst'))?.id).toBe('last');
    mutators.newEntry(entry({ id: 'new', newFeatures: 5 }));
    mutators.pick(from('told'));
    expect(notices).toEqual([
      expect.stringMatching(/^mutator m: queueFilter failed: new51 \(\/.*\/m\.mjs:1:\d+\)$/),
    ]);
  });
});

describe('a custom mutator that misbehaves is named, stopped, and switched off', () => {
  const endless = 'for (;;);';
  it.each([
    ['throws', 'mutate: () => { throw new TypeError("oh\\nno") }', 'mutate failed: oh; no'],
    ['rejects', 'mutate: async () => { throw 7 }', 'mutate failed: 7'],
    ['loops', `mutate: () => { ${endless} }`, 'no answer within 300 ms'],
    ['never answers', 'mutate: () => new Promise(() => undefined)', 'no answer within 300 ms'],
    ['exits', 'mutate: () => process.exit(0)', 'its thread ended'],
    [
      'dies in the background',
      'mutate: () => { setTimeout(() => { throw 1 }); return new Promise(() => 0) }',
      'its thread ended',
    ],
    ['fills the heap', 'mutate: () => { const a = []; for (;;) a.push(Array(1e4).fill(0)) }', 'no answer'],
    [
      'fills memory with buffers',
      'mutate: () => { const a = []; for (;;) a.push(Buffer.alloc(1e7, 1)) }',
      'mutate failed',
    ],
    ['gives a number', 'mutate: () => 7', 'number, expected a list of units'],
    ['gives numbers', 'mutate: () => [7]', 'a unit of type number'],
    ['gives null', 'mutate: () => [null]', 'a unit of type object'],
    ['gives no units', 'mutate: () => []', '0 units'],
    ['gives a tree at source level', 'mutate: () => [{ kind: "quotient" }]', 'at source level'],
    ['gives an unknown tree', 'mutate: () => [{ kind: "lemma" }]', 'kind "lemma"'],
    ['gives a text that is none', 'mutate: () => [{ text: () => 1 }]', 'text is a function'],
  ])('when it %s', (_, hooks, words) => {
    const loaded = load(mutatorFile(hooks));
    for (let i = 0; i < 12; i++) expect(loaded.mutate()).toBeUndefined();
    expect(loaded.notices[0]).toContain('mutator m: mutate ');
    expect(loaded.notices[0]).toContain(words);
    expect(loaded.notices.at(-1)).toBe('mutator m: switched off: it failed 5 times in a row');
    expect(loaded.notices.every((notice) => !notice.includes('\n'))).toBe(true);
    expect(loaded.mutators.mutators('source')).toEqual([]);
    expect(loaded.mutators.stop()).toEqual([
      expect.stringMatching(/^mutator m: 5 calls, \d failed, \d results refused; switched off/),
    ]);
  });

  it('when it has nothing to offer, ever', () => {
    const loaded = load(mutatorFile('mutate: () => undefined'));
    for (let i = 0; i < 310; i++) expect(loaded.mutate()).toBeUndefined();
    expect(loaded.notices).toEqual(['mutator m: switched off: it gave nothing or a veto 300 times in a row']);
  });

  it('but not for one failure among many calls', () => {
    const loaded = load(
      mutatorFile('mutate: ({ units }) => { if (units[0].text === "bad") for (;;); return ["def x := 1"] }'),
    );
    for (let i = 0; i < 3; i++) {
      expect(loaded.mutate([unit({ text: 'bad' })])).toBeUndefined();
      expect(loaded.mutate()).toHaveLength(1);
    }
    expect(loaded.notices).toEqual(['mutator m: mutate failed: no answer within 300 ms']);
  });

  it('keeps a post-processor that fails from losing the candidate, and lets one veto it', () => {
    const { mutators } = load(mutatorFile('postProcess: () => { throw new Error("no") }'));
    expect(mutators.finish('source', [unit()], Random.of(1), 't')).toMatchObject({ units: [unit()] });
    const veto = load(mutatorFile('postProcess: () => undefined')).mutators;
    expect(veto.finish('source', [unit()], Random.of(1), 't')).toBe('veto');
  });
});

describe('a file that holds no mutator is refused with one line', () => {
  const refused = (content: string, name = 'm.mjs'): string => {
    const file = join(temporaryFolder(), name);
    writeFileSync(file, content);
    try {
      new CustomMutators([file], null, { notice: () => undefined, refused: () => undefined }, limits).stop();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(error.exitCode).toBe(2);
      expect(error.message).toContain(file);
      expect(error.message).not.toContain('\n');
      return error.message;
    }
    throw new Error('it was taken');
  };

  it.each([
    ['export const a = 1', 'default export'],
    ['export default {', "can't be loaded"],
    ['import "no-such-package"; export default {}', 'no-such-package'],
    ['export default 7', '"7"'],
    ['export default {}', 'a name of lower-case letters'],
    ['export default { name: "A B", mutate() {} }', '"A B"'],
    ['export default { name: "a" }', 'at least one of mutate'],
    ['export default { name: "a", mutate: 7 }', 'a function as mutate'],
    ['export default { name: "a", mutated() {} }', '"mutated"'],
    ['export default { name: "a", mutate() {}, levels: ["text"] }', 'levels'],
    ['export default { name: "a", mutate() {}, weight: 0 }', 'weight'],
    ['export default { name: "a", havoc() {}, havocProbability: 2 }', 'havocProbability'],
    ['for (;;);', 'no answer within 5000 ms'],
    ['process.exit(0)', 'process.exit'],
  ])('%s', (content, words) => {
    expect(refused(content)).toContain(words);
  });

  it('of another ending', () => {
    expect(refused('', 'm.txt')).toContain('.mjs, .js or .ts');
  });

  it.each([
    ['m.mjs', 'const a = 1;\nconst b = ;\n', ':2'],
    ['m.mjs', "\n\nthrow new RangeError('no');\n", ':3:7'],
    ['m.ts', 'const a: number = 1;\nconst b: = ;\n', ':2:10'],
    ['m.ts', '\nenum A { B }\n', ':2:1'],
    ['m.ts', "type A = 1;\nfunction f(): void {\n  throw new Error('no');\n}\nf();\n", ':3:9'],
  ])('%s with %j, at its line', (name, content, place) => {
    expect(refused(content, name)).toMatch(new RegExp(`/${name}${place}\\)$`));
  });
});

describe('a campaign', () => {
  const example = join(packageRoot, 'examples', 'mutator.mjs');
  const args = (folder: string): string[] => {
    const files = ['--campaign', folder, '--solutions', join(folder, 'solutions')];
    return ['--cores', '1', '--runs', '120', '--seed', '3', '--level', 'both', '--json', ...files];
  };
  const notices = (stdout: string): string[] =>
    stdout
      .split('\n')
      .filter((line) => line.startsWith('{"type":"notice"'))
      .map((line) => String((JSON.parse(line) as JsonLine)['text']));

  it('with the example mutates at both levels, and repeats itself', async () => {
    // In a folder that knows nothing of this package.
    const typed = join(temporaryFolder(), 'typed.ts');
    writeFileSync(
      typed,
      `import { defineMutator, type MutatorCandidate } from 'lean-fuzz';
interface Said { readonly text: string }
const said: Said = { text: 'printed by a hook' };
export default defineMutator({
  name: 'typed',
  mutate: (_: MutatorCandidate) => undefined,
  queueFilter: () => (console.log(said.text), true),
});
`,
    );
    const run = async (folder: string) => {
      const ended = await leanFuzz([...args(folder), '--trace', '--mutator', example, '--mutator', typed]);
      return { ended, trace: traceOf(folder), corpus: corpusOf(folder) };
    };
    const [first, second] = [await run(temporaryFolder()), await run(temporaryFolder())];
    expect(second.trace).toEqual(first.trace);
    const lines = first.trace.map((line) => JSON.stringify(line)).join('\n');
    expect(lines).toMatch(/"custom:edge-numbers:\d+-to-\d+"/);
    expect(first.ended.stdout).not.toContain('printed');
    expect(first.ended.stderr).toMatch(/^(printed by a hook\n)+$/);
    expect(notices(first.ended.stdout)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^worker 0: mutator edge-numbers: \d{2,} calls, 0 failed, 0 results refused$/),
      ]),
    );
  });

  it('goes on when its mutators hang, throw and veto everything', async () => {
    const folder = temporaryFolder();
    const files = [
      mutatorFile('havocProbability: 1, havoc: () => { for (;;); }', 'hangs'),
      mutatorFile('mutate: () => [{ kind: "theorem" }]', 'malformed'),
      mutatorFile('postProcess: () => undefined', 'vetoes'),
    ];
    const ended = await leanFuzz([...args(folder), ...files.flatMap((file) => ['--mutator', file])]);
    expect(summaryOf(ended)).toMatchObject({ stoppedBy: 'runs', candidates: 120 });
    const told = notices(ended.stdout).join('\n');
    expect(told).toContain('worker 0: mutator hangs: switched off: it failed 5 times in a row');
    expect(told).toContain('worker 0: mutator malformed: switched off');
    expect(told).toContain('worker 0: mutator vetoes: switched off: it gave nothing or a veto 300 times');
  });

  it('refuses a bad file before anything starts', async () => {
    const file = mutatorFile('');
    const ended = await leanFuzz(['--mutator', example, '--mutator', file], { cwd: temporaryFolder() });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^lean-fuzz: mutator [^\n]+ expected at least one of mutate[^\n]+\n$/);
  });
});

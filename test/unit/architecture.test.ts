import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package.js';
import { circlesOf } from '../support/circles.js';
import { importsOf, sourceFiles } from '../support/sources.js';

/**
 * Which folder of src may import which, besides itself:
 *
 *   cli -> library -> campaign -> stages -> api, kernel, ir, native, util
 *                                api -> ir, whose trees custom mutators see, and util
 *
 * The stages never import one another: they meet as values in campaign/pipeline.ts.
 */
const stages = ['generate', 'execute', 'judge', 'share', 'store', 'report'];
const base = ['api', 'ir', 'native', 'kernel', 'util'];
const arrows: Record<string, readonly string[]> = {
  api: ['ir', 'util'],
  util: [],
  ir: ['util'],
  kernel: ['ir', 'util'],
  native: ['util'],
  ...Object.fromEntries(stages.map((stage) => [stage, base])),
  campaign: ['options', ...stages, ...base],
  options: ['api', 'util'],
  library: ['campaign', 'options', ...stages, ...base],
  cli: ['library', 'campaign', 'options', ...stages, ...base],
  tools: ['cli', 'execute', 'report', 'util'],
  'index.ts': ['library', 'options', ...base],
  types: [],
};

/** The shared memory itself, which worker and executor meet in: part of the base, although it lies in share. */
const sharedMemory = [
  'src/share/region.ts',
  'src/share/block-map.ts',
  'src/share/layout.ts',
  'src/share/states.ts',
];

const sources = sourceFiles('src', '.ts');

function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

describe('the arrows between the folders of src', () => {
  it('are drawn for every folder', () => {
    expect(sources.length).toBeGreaterThan(80);
    expect(new Set(sources.map(({ path }) => folderOf(path)))).toEqual(new Set(Object.keys(arrows)));
  });

  it('lead to files that exist', () => {
    const missing = sources.flatMap((file) =>
      importsOf(file)
        .filter((path) => !existsSync(join(packageRoot, path)))
        .map((path) => `${file.path} imports ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('are kept by every import', () => {
    const wrong = sources.flatMap((file) => {
      const from = folderOf(file.path);
      const allowed = [from, ...(arrows[from] ?? [])];
      return importsOf(file)
        .filter((path) => !allowed.includes(folderOf(path)))
        .filter((path) => !(stages.includes(from) && sharedMemory.includes(path)))
        .map((path) => `${file.path} imports ${path}`);
    });
    expect(wrong).toEqual([]);
  });

  it('make no circle through the shared memory: it needs nothing of its stage but itself', () => {
    const imported = sources.filter(({ path }) => sharedMemory.includes(path)).flatMap(importsOf);
    const within = imported.filter((path) => folderOf(path) === 'share');
    expect(within.filter((path) => !sharedMemory.includes(path))).toEqual([]);
  });
});

describe('circles of imports', () => {
  it('are found where there are some', () => {
    const files = [
      { path: 'a/one.ts', text: "import { two } from './two.js';" },
      { path: 'a/two.ts', text: "import type { One } from './three.js';" },
      { path: 'a/three.ts', text: "export * from './one.js';" },
      { path: 'a/four.ts', text: "import './one.js';" },
    ];
    expect(circlesOf(files)).toEqual([['a/one.ts', 'a/three.ts', 'a/two.ts']]);
  });

  it('are nowhere but in the kernel: inference, reduction, equality and literals are one knot by nature', () => {
    const elsewhere = circlesOf(sources).filter((circle) =>
      circle.some((path) => !path.startsWith('src/kernel/')),
    );
    expect(elsewhere).toEqual([]);
  });
});

describe('the addon', () => {
  it('keeps Node out of its engine and its operating system layer', () => {
    const wrong = ['native/engine', 'native/os', 'native/template-server']
      .flatMap((folder) => sourceFiles(folder, '.h', '.cc'))
      .filter(({ text }) => /#include\s*[<"](.*binding\/|napi|node|v8|uv)/.test(text))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });

  it('is loaded by one module only', () => {
    const loaders = sources
      .filter(({ path, text }) => text.includes('node-gyp-build') && !path.startsWith('src/tools/'))
      .map(({ path }) => path);
    expect(loaders).toEqual(['src/native/addon.ts']);
  });
});

describe('output', () => {
  it('goes through one module, which escapes what strangers wrote', () => {
    const writers = sources.filter(({ text }) =>
      /process\.std(out|err)\.write|(?<!')console\.\w+\(/.test(text),
    );
    expect(writers.map(({ path }) => path)).toEqual(['src/cli/output.ts']);
  });

  it('has one place that makes commands to paste', () => {
    // Commands in help texts are examples.
    const examples = /(\$|command is:) npx lean-fuzz/g;
    const makers = sources.filter(({ text }) => text.replace(examples, '').includes('npx lean-fuzz'));
    expect(makers.map(({ path }) => path)).toEqual([]);
  });
});

describe('files', () => {
  it('have at most 400 lines', () => {
    const files = [...sources, ...sourceFiles('test', '.ts', '.js'), ...sourceFiles('native', '.h', '.cc')];
    const long = files.filter(({ text }) => text.split('\n').length > 401).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  it('have kebab-case names', () => {
    const odd = [...sources, ...sourceFiles('test', '.ts', '.js')]
      .map(({ path }) => path)
      .filter((path) => !/^[a-z0-9-]+(\.test|\.d)?\.[jt]s$/.test(path.split('/').at(-1) ?? ''));
    expect(odd).toEqual([]);
  });
});

/** The numbers of the lines on which a comment opens with "What". */
function whatOpenings(text: string): number[] {
  const opening = /^[ \t]*(?:\/\*\*?\s*(?:\*[ \t]*)?|(?<!^[ \t]*\/\/.*\n[ \t]*)\/\/[ \t]*)What\b/gm;
  return [...text.matchAll(opening)].map(
    ({ index, 0: found }) => text.slice(0, index + found.length).split('\n').length,
  );
}

describe('comments', () => {
  it('open with the thing that they are about, not with "What"', () => {
    const openings = ['/** What it is. */', '', '  /**', '   * What it is.', '   */', '', '  // What it is.'];
    expect(whatOpenings(openings.join('\n'))).toEqual([1, 4, 7]);
    const others = [
      '// All of it.',
      '// What it is.',
      '/**',
      ' * All of it.',
      ' * What it is.',
      ' */',
      '/* Whatever */',
    ];
    expect(whatOpenings(others.join('\n'))).toEqual([]);

    const files = ['src', 'native', 'bench', 'test'].flatMap((folder) =>
      sourceFiles(folder, '.ts', '.cc', '.h'),
    );
    const places = files.flatMap(({ path, text }) => whatOpenings(text).map((line) => `${path}:${line}`));
    expect(places, places.join('\n')).toEqual([]);
  });
});

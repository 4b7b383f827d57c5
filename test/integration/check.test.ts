import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const bin = join(packageRoot, 'bin', 'lean-fuzz.js');

const native = await nativeLean('answers of a native Lean to a file');

interface Checked {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function check(path: string, ...args: string[]): Checked {
  return spawnSync(process.execPath, [bin, 'check', path, ...args], { encoding: 'utf8' });
}

function file(content: string | readonly string[]): string {
  const path = join(temporaryFolder(), 'file.ndjson');
  writeFileSync(path, typeof content === 'string' ? content : `${content.join('\n')}\n`);
  return path;
}

const meta = '{"meta":{"format":{"version":"3.1.0"}}}';
const name = (index: number, text: string): string => `{"in":${index},"str":{"pre":0,"str":"${text}"}}`;
const axiom = (of: number, type: number): string =>
  `{"axiom":{"name":${of},"levelParams":[],"type":${type},"isUnsafe":false}}`;
const definition = (type: number, value: number): string =>
  `{"def":{"name":4,"levelParams":[],"type":${type},"value":${value},"hints":"opaque","safety":"safe","all":[4]}}`;

/** N : Type, z : N and s : N → N; expression 1 is N, 2 is z, 4 is s. */
const numbers = [
  ...[meta, name(1, 'N'), name(2, 'z'), name(3, 's'), name(4, 'd'), '{"il":1,"succ":0}', '{"ie":0,"sort":1}'],
  ...[axiom(1, 0), '{"ie":1,"const":{"name":1,"us":[]}}', axiom(2, 1), '{"ie":2,"const":{"name":2,"us":[]}}'],
  '{"ie":3,"forallE":{"name":0,"type":1,"body":1,"binderInfo":"default"}}',
  ...[axiom(3, 3), '{"ie":4,"const":{"name":3,"us":[]}}'],
];
const depth = 100_000;

/** A hundred thousand nodes, each made of the one before; the last one is number `depth + 4`. */
function chain(first: number, node: (before: number) => string): string[] {
  return Array.from({ length: depth }, (_, i) => `{"ie":${i + 5},${node(i === 0 ? first : i + 4)}}`);
}

describe('check', () => {
  it.each<[string, number, (before: number) => string, (last: number) => string]>([
    ['arguments', 2, (of) => `"app":{"fn":4,"arg":${of}}`, (last) => definition(1, last)],
    ['metadata', 2, (of) => `"mdata":{"expr":${of},"data":{}}`, (last) => definition(1, last)],
    [
      'values of let',
      2,
      (of) => `"letE":{"name":0,"type":1,"value":${of},"body":2,"nondep":false}`,
      (last) => definition(1, last),
    ],
    [
      'domains',
      1,
      (of) => `"forallE":{"name":0,"type":${of},"body":1,"binderInfo":"default"}`,
      (last) => axiom(4, last),
    ],
  ])('takes %s that are nested a hundred thousand deep', (_, first, node, last) => {
    const { stdout, status } = check(file([...numbers, ...chain(first, node), last(depth + 4)]));
    expect(stdout).toMatch(/^accepted: 4 constants/);
    expect(status).toBe(0);
  });

  it('compares levels that share so much, or have so many cases, that going through them would not end', () => {
    const shared = Array.from({ length: 60 }, (_, i) => `{"il":${i + 2},"imax":[${i + 1},${i + 1}]}`);
    const lines = [meta, name(1, 'd'), '{"il":1,"succ":0}', ...shared, '{"il":62,"succ":61}'];
    const rest = '"type":1,"value":0,"hints":"opaque","safety":"safe","all":[1]';
    const sorts = ['{"ie":0,"sort":61}', '{"ie":1,"sort":62}'];
    expect(check(file([...lines, ...sorts, `{"def":{"name":1,"levelParams":[],${rest}}}`]))).toMatchObject({
      status: 0,
    });
    // `imax` groups its arguments: the two are equal in many cases, and not in all.
    const { status, stdout } = check(file(manyCases(60)));
    expect(stdout).toMatch(/^rejected: line \d+: d: a value of another type\n$/);
    expect(status).toBe(1);
  });

  it('takes a file of CRLF lines, or out of a pipe, and says where a line is none', () => {
    const lines = [...numbers, definition(1, 2)];
    expect(check(file(lines.join('\r\n'))).status).toBe(0);
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = spawnSync('sh', [
      '-c',
      `cat "$1" > "$2" & exec "$3" "$4" check "$2"`,
      'sh',
      file(lines),
      pipe,
      process.execPath,
      bin,
    ]);
    expect(writer.status).toBe(0);
    for (const [content, line] of [
      [`\ufeff${lines.join('\n')}`, 'rejected: line 1: a byte order mark'],
      ['', 'rejected: line 0: an empty file, expected a line with meta first'],
      ['\0\0\0', 'rejected: line 1: no JSON'],
    ] as const)
      expect(check(file(content))).toMatchObject({ status: 1, stdout: `${line}\n`, stderr: '' });
  });

  it.skipIf(native === undefined)('compares its answers with those of a native Lean', () => {
    const wrong = definition(1, 4).replaceAll('"name":4', '"name":5').replace('[4]', '[5]');
    const onWrong = definition(1, 6).replaceAll('"name":4', '"name":6').replace('[4]', '[6]');
    const path = file([
      ...numbers,
      ...[definition(1, 2), name(5, 'wrong'), name(6, 'onWrong'), wrong],
      ...['{"ie":6,"const":{"name":5,"us":[]}}', onWrong],
    ]);
    const { stdout, stderr, status } = check(path, '--against', native?.root ?? '', '--json');
    expect([stderr, status]).toEqual(['', 1]);
    // `onWrong` rests on the one that is refused, and is not asked.
    expect(JSON.parse(stdout)).toMatchObject({
      notAccepted: [{ name: 'wrong' }],
      against: { accepted: 4, refused: 1, noAnswer: 1, differences: [] },
    });
    const unknown = check(path, '--against', 'nowhere');
    expect([unknown.status, unknown.stdout]).toEqual([78, '']);
    expect(unknown.stderr).toMatch(/^lean-fuzz: --against: got "nowhere", expected [^\n]+\n$/);
  });

  it('is used wrongly where there is no file to read', () => {
    const folder = join(temporaryFolder(), 'folder');
    mkdirSync(folder);
    for (const path of [folder, join(folder, 'nothing')]) {
      const { status, stdout, stderr } = check(path);
      expect([status, stdout]).toEqual([78, '']);
      expect(stderr).toMatch(/^lean-fuzz: file: got "[^\n]+\n$/);
    }
  });

  it('has no answer where a file is more than memory holds', () => {
    const text = 'x'.repeat(4096);
    const path = file([
      meta,
      ...Array.from({ length: 40_000 }, (_, i) => `{"ie":${i},"strVal":"${i}${text}"}`),
    ]);
    const { status, stdout } = spawnSync(process.execPath, ['--max-old-space-size=40', bin, 'check', path], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stdout).toMatch(/^declined: line \d+: more than fits into \d+ MiB\n$/);
  });
});

/** `Sort (imax (.. imax u0 u1 ..) un)` said to be in the sort of the same that nests to the right. */
function manyCases(count: number): string[] {
  const lines = [meta];
  for (let i = 0; i < count; i++) lines.push(name(i + 1, `u${i}`));
  lines.push(name(count + 1, 'd'));
  for (let i = 0; i < count; i++) lines.push(`{"il":${i + 1},"param":${i + 1}}`);
  let next = count + 1;
  const level = (content: string): number => {
    lines.push(`{"il":${next},${content}}`);
    return next++;
  };
  let left = 1;
  for (let i = 2; i <= count; i++) left = level(`"imax":[${left},${i}]`);
  let right = count;
  for (let i = count - 1; i > 0; i--) right = level(`"imax":[${i},${right}]`);
  let all = 1;
  for (let i = 2; i <= count; i++) all = level(`"max":[${all},${i}]`);
  const type = level(`"succ":${right}`);
  lines.push(`{"ie":0,"sort":${left}}`, `{"ie":1,"sort":${type}}`);
  const params = Array.from({ length: count }, (_, i) => i + 1).join(',');
  const rest = `"type":1,"value":0,"hints":"opaque","safety":"safe","all":[${count + 1}]`;
  return [...lines, `{"def":{"name":${count + 1},"levelParams":[${params}],${rest}}}`];
}

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Bool, Nat, Type } from '../../src/ir/core-constants.js';
import type { Declaration } from '../../src/ir/declaration.js';
import { app, constant, nat } from '../../src/ir/expr.js';
import { arrows, define, inductiveType } from '../../src/ir/hoas.js';
import { exportNdjson } from '../../src/kernel/export/ndjson.js';
import { packageRoot } from '../../src/util/package.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('comparing Leans');
const bin = join(packageRoot, 'bin', 'lean-fuzz.js');

function exported(declarations: readonly Declaration[]): string {
  const path = join(temporaryFolder(), 'file.ndjson');
  const lean = { version: '4.35.0', githash: 'unknown' };
  writeFileSync(path, exportNdjson(declarations, { version: 'test', lean }).text);
  return path;
}

function compare(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [bin, 'compare', ...args], { encoding: 'utf8' });
}

const honest = define('honest', [], Nat, nat(1));
const wrong = define('wrong', [], Nat, Type);
/** Its container has a parameter of another type than what it gets there: from 4.32.2 on somebody looks. */
const phantom = inductiveType(
  'Phantom',
  [],
  [
    ['a', () => Type],
    ['b', () => Bool],
  ],
  () => Type,
  (self) => ({ mk: self }),
);
const dropped = inductiveType(
  'E',
  [],
  [],
  () => Type,
  (self) => ({ mk: arrows(app(constant('Phantom'), self, nat(3)), self) }),
);

describe('compare', () => {
  it.each([
    [[], /^lean-fuzz: --lean: got "", expected at least two Leans/],
    [['--lean', 'embedded'], /^lean-fuzz: --lean: .* expected at least two Leans/],
    [['--lean', 'embedded', '--lean', 'embedded'], /expected another Lean than 4\.28\.0/],
  ])('refuses %s in one line', (args, line) => {
    const { status, stderr } = compare(exported([honest]), ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuses what is no export in one line', () => {
    const path = join(temporaryFolder(), 'file.ndjson');
    writeFileSync(path, '{"meta":{}}\n{"in":1}\n');
    const { status, stderr } = compare(path, '--lean', 'embedded', '--lean', 'auto');
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
  });
});

describe.skipIf(native === undefined)('compare with a native Lean', () => {
  const leans = ['--lean', 'embedded', '--lean', native?.root ?? ''];

  it('says where two releases differ, and which change explains it', () => {
    const path = exported([honest, wrong, phantom, dropped]);
    const { status, stdout } = compare(path, ...leans, '--json');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(status).toBe(0);
    const differences = lines.filter(({ type }) => type === 'difference');
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ name: 'E', shape: 'nested inductive', one: 'accepts' });
    expect(differences[0]?.['explained']).toContain(
      'known: leanprover/lean4#14577, fixed in 4.32.2: what elimination of nested occurrences drops is not checked',
    );
    const definitions = lines.filter(({ type, shape }) => type === 'table' && shape === 'definition');
    expect(definitions).toHaveLength(2);
    for (const row of definitions) expect(row).toMatchObject({ accepts: 1, refuses: 1, noAnswer: 0 });
  });
});

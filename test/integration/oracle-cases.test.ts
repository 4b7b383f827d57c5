import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeText, type TextVerdict } from '../../src/judge/ask/judge-text.js';
import { zygoteOf } from '../../src/execute/native/chosen-lean.js';
import { embeddedLean } from '../../src/execute/embedded/package-files.js';
import { packageRoot } from '../../src/util/package.js';
import { sharedLean } from '../support/shared-lean.js';

/** The expected.json of a case. */
interface Expected {
  readonly verdict: TextVerdict['kind'];
  /** Must occur in one of the verdict's reasons, so that a text is not refused for an accident. */
  readonly reason: string;
  /** The trick, and why it must or must not be believed: sentences. */
  readonly about: string;
  /** The axioms of a solution. */
  readonly axioms?: readonly string[];
  /** The planted kernel bug that the case needs. */
  readonly mutant?: string;
  /** Milliseconds after which Lean is given up; for texts that never end. */
  readonly timeout?: number;
}

interface OracleCase {
  readonly name: string;
  readonly text: string;
  readonly expected: Expected;
}

const folder = join(packageRoot, 'test', 'oracle-cases');
const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => readCase(entry.name));

/** Far more than any of the texts needs that ends at all. */
const patience = 20_000;

/** The file that cases try to create on the host. */
const marker = '/tmp/lean-fuzz-oracle-case-escaped';

/** Code that a text runs, or links, may leave something behind in its executor. */
const leavesTraces = /#eval|@\[extern/;

describe('the oracle cases', () => {
  it('are many, well-formed, and of every kind', () => {
    expect(cases.length).toBeGreaterThanOrEqual(45);
    expect(cases.flatMap(({ name, expected }) => malformed(name, expected))).toEqual([]);
    expect(new Set(cases.map(({ expected }) => expected.verdict))).toEqual(
      new Set(['solution', 'none', 'unknown']),
    );
  });

  // Even if they guess every reason and every axiom right.
  it.each(['solution', 'none', 'unknown'] as const)('expose a judge that always says %s', (kind) => {
    const failed = cases.filter(({ expected }) => {
      return (
        complaint(expected, { kind, reasons: [expected.reason], axioms: expected.axioms ?? [] }) !== null
      );
    });
    expect(failed).not.toEqual([]);
  });

  it('expose a judge that is right without knowing why', () => {
    const passed = cases.filter(({ expected }) => {
      const { verdict: kind, axioms = [] } = expected;
      return complaint(expected, { kind, reasons: ['because'], axioms }) === null;
    });
    expect(passed).toEqual([]);
  });
});

beforeAll(() => rmSync(marker, { force: true }));

for (const [label, group] of groups()) {
  describe(label, () => {
    const [{ expected: needs } = { expected: undefined }] = group;
    const overrides = zygoteOf(embeddedLean(), { level: 'source', mutant: needs?.mutant ?? null });
    const lean = sharedLean(overrides, { jobMillis: needs?.timeout ?? patience });

    it.each(group)('$name', async ({ text, expected }) => {
      const verdict = await judgeText(lean(), text);
      if (leavesTraces.test(text)) await lean().replace();
      expect(complaint(expected, verdict)).toBeNull();
    });
  });
}

it('leave nothing on the host', () => {
  expect(cases.filter(({ text }) => text.includes(marker))).not.toEqual([]);
  expect(existsSync(marker)).toBe(false);
});

/** The complaint about a verdict: got and expected; null where the case is judged as it must be. */
function complaint(expected: Expected, verdict: Omit<TextVerdict, 'answers'>): string | null {
  const given = `${verdict.kind}: ${verdict.reasons.join('; ')}`;
  if (verdict.kind !== expected.verdict) return `got ${given}, expected ${expected.verdict}`;
  if (!verdict.reasons.some((reason) => reason.includes(expected.reason)))
    return `got ${given}, expected the reason ${expected.reason}`;
  const axioms = [...verdict.axioms].sort().join(', ');
  const expectedAxioms = [...(expected.axioms ?? [])].sort().join(', ');
  return axioms === expectedAxioms ? null : `rests on the axioms ${axioms}, expected ${expectedAxioms}`;
}

/** The cases by the Lean that they need. */
function groups(): Map<string, OracleCase[]> {
  const found = new Map<string, OracleCase[]>();
  for (const oracleCase of cases) {
    const { mutant, timeout } = oracleCase.expected;
    const kernel = mutant === undefined ? 'on the real kernel' : `on a kernel with the bug "${mutant}"`;
    const label = timeout === undefined ? kernel : `${kernel}, given up after ${timeout} ms`;
    found.set(label, [...(found.get(label) ?? []), oracleCase]);
  }
  return found;
}

function readCase(name: string): OracleCase {
  return {
    name,
    text: readFileSync(join(folder, name, 'Case.lean'), 'utf8'),
    expected: JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as Expected,
  };
}

/** Complaints about a case: missing or weak parts, and unknown keys. A misspelt key would weaken it silently. */
function malformed(name: string, expected: Expected): string[] {
  const problems: string[] = [];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) problems.push('no kebab-case name');
  if (expected.reason.length < 10) problems.push('a reason that fits by chance');
  if (!expected.about.endsWith('.')) problems.push('no sentence about it');
  if (expected.verdict === 'solution' && expected.axioms === undefined) problems.push('no axioms');
  const known = ['verdict', 'reason', 'about', 'axioms', 'mutant', 'timeout'];
  problems.push(...Object.keys(expected).filter((key) => !known.includes(key)));
  return problems.map((problem) => `${name}: ${problem}`);
}

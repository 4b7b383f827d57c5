import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/api/candidate.js';
import type { Job } from '../../src/api/execution.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { freeVariable } from '../../src/campaign/offline/selftest/kernel-cases.js';
import type { Declaration } from '../../src/ir/declaration.js';
import { rawFile } from '../../src/ir/raw/raw-file.js';
import { KernelUnit } from '../../src/ir/unit/kernel-unit.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { declarationsOf } from '../../src/store/declarations-of.js';
import { nativeLean } from '../support/native-lean.js';
import { constructs, sayableCases } from '../support/raw-constructs.js';
import { readRaw } from '../support/raw-reader.js';
import { errorOf, messageOf } from '../support/outcomes.js';

const native = await nativeLean('the words of raw files');

/** The part of Lean's own library that raw files use, of the same shape, as the embedded Lean has Init only. */
const library = readFileSync(join('test', 'fixtures', 'raw-library.lean'), 'utf8');

/** A raw file for a Lean without `import Lean`: what it hands to the kernel is only built. */
function built(declarations: readonly Declaration[]): string {
  const text = rawFile(declarations)
    .replace(/^import Lean$/m, '')
    .replace(/^#print axioms.*|^run_cmd liftCoreM do[^]*/m, '');
  return text.replaceAll(/^run_cmd liftCoreM \(addDecl (.*)\)$/gm, '#check ($1 : Lean.Declaration)');
}

/** The library in front, which is run once. */
function stepsOf(text: string): Job['steps'] {
  return [library, text].map((part) => ({ kind: 'text', text: part }));
}

function candidateOf(declarations: readonly Declaration[]): Candidate {
  return {
    level: 'kernel',
    lineage: { seed: 1, run: 1, parents: [], mutators: [], categories: [] },
    units: declarations.map((one) => KernelUnit.of(one)),
  };
}

describe('a raw Lean file', () => {
  it('is elaborated by a real Lean, construct by construct', async () => {
    const texts = [constructs, ...sayableCases.slice(0, 8)].map(built);
    await withLean({}, {}, async (executor) => {
      for (const text of texts) {
        const [execution] = await executor.run([{ level: 'source', steps: stepsOf(text), claims: [] }]);
        expect(execution?.end.kind).toBe('finished');
        expect(execution?.steps.map(({ outcome }) => outcome.kind)).toEqual(['accepted', 'accepted']);
      }
      // And what it must not take.
      const wrong = built(constructs).replace('.const `Nat []', '.const `Nat');
      const [execution] = await executor.run([{ level: 'source', steps: stepsOf(wrong), claims: [] }]);
      expect(messageOf(execution?.steps[1])).toContain('Expr');
    });
  }, 240_000);

  it.skipIf(native === undefined)('says words to which a native kernel answers alike', async () => {
    if (native === undefined) return;
    const free = declarationsOf(freeVariable.inOpaque);
    const cases = [free, ...sayableCases];
    await withLean({ native }, {}, async (executor) => {
      const answers = async (all: readonly (readonly Declaration[])[]): Promise<unknown[]> => {
        const executions = await executor.run(all.map((one) => jobFor(candidateOf(one), [])));
        return executions.map(({ steps }) => steps.map((step) => errorOf(step) ?? 'accepted'));
      };
      const said = await answers(cases);
      expect(said.flat()).toContain('accepted');
      expect(await answers(cases.map((one) => readRaw(rawFile(one))))).toEqual(said);
    });
  });
});

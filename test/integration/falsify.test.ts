import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/api/candidate.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { attemptsAtFalse } from '../../src/generate/kernel/falsify.js';
import type { Declaration } from '../../src/ir/declaration.js';
import { app, bvar, constant, fvar, lambda, proj, sort, type Expr } from '../../src/ir/expr.js';
import { arrows, define } from '../../src/ir/hoas.js';
import { imax, one, zero, type Level } from '../../src/ir/level.js';
import { audit } from '../../src/judge/audit.js';
import { Random } from '../../src/util/random.js';
import { kernelUnit } from '../support/kernel-units.js';
import { sharedLean } from '../support/shared-lean.js';

const Bool = constant('Bool');
const Nat = constant('Nat');

const lean = sharedLean();

/** How many of the attempts behind some declarations are audited proofs of False, by name. */
async function proofsBehind(
  declarations: readonly Declaration[],
  lastKind: string,
): Promise<Map<string, number>> {
  const units = declarations.map((declaration, i) =>
    kernelUnit(declaration, i === declarations.length - 1 ? lastKind : declaration.kind),
  );
  const lineage = { seed: 1, run: 1, parents: [], mutators: [], categories: [] };
  const candidate: Candidate = { level: 'kernel', lineage, units };
  const attempts = attemptsAtFalse(Random.of(1), commonEnvironment, units);
  const jobs = attempts.map(({ units: more, claim }) =>
    jobFor({ ...candidate, units: [...units, ...more] }, [claim]),
  );
  const executions = await lean().run(jobs);
  const proofs = new Map<string, number>();
  executions.forEach(({ claims: [claim] }, i) => {
    const name = attempts[i]?.name ?? '';
    if (claim !== undefined && audit(claim).kind === 'accepts') proofs.set(name, (proofs.get(name) ?? 0) + 1);
  });
  return proofs;
}

/** A type with a Bool in it, in a block behind a plain proposition, and the function that reads the Bool. */
function readableBox(level: Level): Declaration[] {
  const Box = constant('Box');
  const token = {
    name: 'Token',
    type: sort(zero),
    constructors: [{ name: 'Token.mk', type: constant('Token') }],
  };
  const box = { name: 'Box', type: sort(level), constructors: [{ name: 'Box.mk', type: arrows(Bool, Box) }] };
  return [
    { kind: 'inductive', levelParams: [], parameters: 0, types: [token, box], unsafe: false },
    define('read', [], arrows(Box, Bool), lambda('x', Box, proj('Box', 0, bvar(0)))),
  ];
}

function opaque(type: Expr, value: Expr): Declaration {
  return { kind: 'opaque', name: 'suspect', levelParams: [], type, value, unsafe: false };
}

describe('attemptsAtFalse', () => {
  it('reaches False from an opaque value with a free variable, whatever its type', async () => {
    const value = app(lambda('x', Nat, bvar(0)), fvar('_kernel_fresh.0'));
    const proofs = await proofsBehind([opaque(Nat, value)], 'broken free variable');
    expect(proofs.get('retyped')).toBeGreaterThan(0);
  });

  it('reaches False from data that can be read out of a proof', async () => {
    const proofs = await proofsBehind(readableBox(imax(one, zero)), 'projection');
    expect(proofs.get('two proofs')).toBeGreaterThan(0);
  });

  it('reaches nothing where nothing is wrong', async () => {
    const honest = opaque(Nat, app(lambda('x', Nat, bvar(0)), constant('Nat.zero')));
    expect(await proofsBehind([honest], 'broken literal')).toEqual(new Map());
    expect(await proofsBehind(readableBox(zero), 'projection')).toEqual(new Map());
  });
});

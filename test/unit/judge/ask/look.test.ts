import { describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../../../src/api/execution.js';
import { declaredNames, type Declaration } from '../../../../src/ir/declaration.js';
import { encode } from '../../../../src/ir/encode.js';
import { app, constant, nat, type Expr } from '../../../../src/ir/expr.js';
import { arrows, inductiveType } from '../../../../src/ir/hoas.js';
import type { Name } from '../../../../src/ir/name.js';
import { Look, type Sightings } from '../../../../src/judge/ask/look.js';
import { baseEnvironment } from '../../../../src/kernel/base-environment.js';
import { baseDeclarations } from '../../../../src/kernel/base/declarations.js';
import { Nat, Type } from '../../../../src/ir/core-constants.js';
import { accepted, execution } from '../../../support/fakes.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';

/** A Lean that knows the base declarations, and accepts whatever it is asked. */
class Believer {
  readonly base = baseEnvironment;
  readonly asked: Name[] = [];

  run = (jobs: readonly Job[]): Promise<Execution[]> =>
    Promise.resolve(
      jobs.map(({ claims, declare = [] }) => {
        this.asked.push(...declare);
        const imported = baseDeclarations.filter((known) =>
          declaredNames(known).some((name) => declare.includes(name)),
        );
        return {
          ...execution(),
          claims: claims.map(() => ({ ...accepted(), evidence: undefined })),
          declared: { imported: encode(imported), added: encode([]) },
        };
      }),
    );
}

const vacant = inductiveType(
  'Vacant',
  [],
  [],
  () => arrows(Nat, Type),
  () => ({}),
);

function stated(type: Expr): Declaration {
  return { kind: 'theorem', name: 'stated', levelParams: [], type, value: constant('made') };
}

function look(lean: Believer, ...declarations: readonly Declaration[]): Promise<Sightings> {
  return lookWith(new Look(), lean, declarations);
}

/** At the source level, where Lean says what a text has brought. */
function lookWith(eye: Look, lean: Believer, declarations: readonly Declaration[]): Promise<Sightings> {
  const steps = declarations.map(() => ({ kind: 'text', text: '' }) as const);
  const job: Job = { level: 'source', steps, claims: [] };
  const said = declarations.map((one) => ({
    ...accepted(),
    news: { declarations: encode([one]), left: 0 },
  }));
  return eye.at(lean, job, { ...execution(), steps: said }, 'all');
}

describe('a look at what a candidate states', () => {
  it('takes a type of its own apart, without asking for what stands there whole', async () => {
    const lean = new Believer();
    const seen = await look(lean, vacant, stated(app(constant('Vacant'), nat(3))));
    expect(seen.accepted).toMatchObject([{ step: 1, constant: 'stated', form: 'empty type' }]);
    expect(seen.left).toBe(0);
    expect(lean.asked).toContain('Nat');
    expect(lean.asked.filter((name) => name.startsWith('Vacant'))).toEqual([]);
  });

  it('asks for nothing at the kernel level, whose base is our own', async () => {
    const lean = new Believer();
    const units = [vacant, stated(app(constant('Vacant'), nat(3)))].map((one) => KernelUnit.of(one));
    const steps = units.map(({ words }) => ({ kind: 'declaration', words }) as const);
    const job: Job = { level: 'kernel', steps, claims: [] };
    const ran = { ...execution(), steps: steps.map(() => accepted()) };
    const seen = await new Look().at(lean, job, ran, 'all', units);
    expect(seen.accepted).toMatchObject([{ step: 1, constant: 'stated', form: 'empty type' }]);
    expect(seen.left).toBe(0);
    expect(lean.asked).toEqual([]);
  });

  it('knows what it has asked for, recursors included, when the next candidate comes', async () => {
    const [eye, lean] = [new Look(), new Believer()];
    const wrong = stated(app(constant('And'), constant('True'), constant('False')));
    const first = await lookWith(eye, lean, [wrong]);
    const asked = lean.asked.length;
    const second = await lookWith(eye, lean, [wrong]);
    expect(first.accepted).toMatchObject([{ form: 'type without values' }]);
    expect(second.accepted).toMatchObject([{ form: 'type without values' }]);
    expect(asked).toBeGreaterThan(0);
    expect(lean.asked.length).toBe(asked);
  });

  it('counts what our own kernel gives up', async () => {
    const many = Array.from({ length: 200 }, () => Nat);
    const seen = await look(new Believer(), stated(arrows(...many, constant('Empty'))));
    expect(seen).toEqual({ accepted: [], left: 1 });
  });

  it('has nothing left of what it has read to the end', async () => {
    const seen = await look(new Believer(), stated(arrows(constant('Empty'), constant('False'))));
    expect(seen).toEqual({ accepted: [], left: 0 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../src/api/execution.js';
import { defaultLimits, ExecutorClient } from '../../src/execute/client/executor-client.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import type { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import type { Declaration, Theorem } from '../../src/ir/declaration.js';
import { encode } from '../../src/ir/encode.js';
import { app, constant, nat, proj, sort, type Expr } from '../../src/ir/expr.js';
import { arrows, define, forall, fun, inductiveType } from '../../src/ir/hoas.js';
import { one, param, zero } from '../../src/ir/level.js';
import { decode } from '../../src/ir/tree-builder.js';
import { workerSlot } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { nativeLean } from '../support/native-lean.js';
import { eventually } from '../support/processes.js';
import { errorOf, messageOf } from '../support/outcomes.js';

const native = await nativeLean('the executor of a native Lean');

/** The executors that must give the same answers. */
const kinds: [string, Partial<ZygoteOptions>][] = [
  ['embedded', {}],
  ...(native === undefined ? [] : ([['native', { native }]] as [string, Partial<ZygoteOptions>][])),
];

const [Nat, Bool, True, False] = ['Nat', 'Bool', 'True', 'False'].map((name) => constant(name)) as [
  Expr,
  Expr,
  Expr,
  Expr,
];
const Type = sort(one);

function axiom(name: string, type: Expr, unsafe = false): Declaration {
  return { kind: 'axiom', name, levelParams: [], type, unsafe };
}
function theorem(name: string, type: Expr, value: Expr): Theorem {
  return { kind: 'theorem', name, levelParams: [], type, value };
}
const step = (declaration: Declaration): Job['steps'][number] => ({
  kind: 'declaration',
  words: encode([declaration]),
});
function job(declarations: readonly Declaration[], more: Partial<Job> = {}): Job {
  return { level: 'kernel', steps: declarations.map(step), claims: [], ...more };
}
function claims(...declarations: Theorem[]): Job['claims'] {
  return declarations.map((one) => ({ name: 'c', constant: one.name, step: step(one) }));
}

/** An unsafe constant that unfolds to itself for ever, and a comparison with it. */
const endless: readonly Declaration[] = [
  unsafe(
    'loop',
    Bool,
    app(
      fun('x', Bool, () => constant('loop')),
      constant('Bool.true'),
    ),
  ),
  unsafe(
    'spin',
    app(constant('Eq', [one]), Bool, constant('loop'), constant('Bool.true')),
    app(constant('Eq.refl', [one]), Bool, constant('Bool.true')),
  ),
];
function unsafe(name: string, type: Expr, value: Expr): Declaration {
  return { ...define(name, [], type, value), safety: 'unsafe' };
}

const Point = inductiveType(
  'Point',
  ['u'],
  [['α', () => sort({ kind: 'succ', of: param('u') })]],
  () => sort({ kind: 'succ', of: param('u') }),
  (self, [a]) => ({ mk: arrows(a ?? Nat, Nat, self) }),
);

describe.each(kinds)('the %s executor, at kernel level', (_, options) => {
  let region: SharedRegion;
  let zygote: ZygoteProcess;
  let lean: ExecutorClient;

  beforeAll(async () => {
    region = SharedRegion.create({ workers: 1 });
    zygote = await startZygote(region, { ...defaultZygoteOptions, ...options, memoryLimitMiB: 256 });
    lean = new ExecutorClient(region, 0, { ...defaultLimits, jobMillis: 15_000 });
  }, 120_000);

  afterAll(() => zygote.kill());

  async function run(...jobs: [Job, ...Job[]]): Promise<[Execution, ...Execution[]]> {
    return (await lean.run(jobs)) as [Execution, ...Execution[]];
  }
  const refusals = ({ steps }: Execution): (string | null)[] => steps.map(errorOf);

  it("has declarations accepted, or refused with the kind of the kernel's exception", async () => {
    const [execution] = await run(
      job([
        axiom('A', Type),
        define('good', [], Type, constant('A')),
        define('bad', [], constant('A'), sort(zero)),
        define('unknown', [], Type, constant('Nowhere')),
        axiom('A', Type),
        inductiveType(
          'Negative',
          [],
          [],
          () => Type,
          (self) => ({ mk: arrows(arrows(self, False), self) }),
        ),
        theorem('data', Nat, nat(1)),
      ]),
    );
    expect(execution.end.kind).toBe('finished');
    expect(refusals(execution)).toEqual([
      ...[null, null, 'kernel.declTypeMismatch', 'kernel.unknownConstant', 'kernel.alreadyDeclared'],
      ...['kernel.other', 'kernel.thmTypeIsNotProp'],
    ]);
    expect(messageOf(execution.steps[5])).toContain('non positive occurrence');
  });

  it('refuses words that are no declaration as malformed, and takes those behind them', async () => {
    const good = encode([axiom('A', Type)]);
    const all = [Uint32Array.of(), good.slice(0, -1), Uint32Array.of(0xffffffff, 7, 7), good];
    const steps: Job['steps'] = [
      ...all.map((words) => ({ kind: 'declaration' as const, words })),
      { kind: 'text', text: 'def a := 1' },
    ];
    const [execution] = await run({ level: 'kernel', steps, claims: [] });
    expect(refusals(execution)).toEqual(['malformed', 'malformed', 'malformed', null, 'malformed']);
    expect(messageOf(execution.steps[0])).toBe('word 0: the words end where a version is expected');
  });

  it('goes on from what was accepted, and reuses a prefix that it has run before', async () => {
    const prefix = [axiom('kept', Nat), define('lost', [], Nat, Type)];
    const [before] = await run(job(prefix));
    const uses = [define('a', [], Nat, constant('kept')), define('b', [], Nat, constant('lost'))];
    const [again, other] = await run(job([...prefix, ...uses]), job(uses));
    expect(before.steps.every(({ micros, heartbeats }) => micros > 0 && heartbeats < 1e6)).toBe(true);
    expect(refusals(again)).toEqual([null, 'kernel.declTypeMismatch', null, 'kernel.unknownConstant']);
    expect(again.steps.slice(0, 2).map(({ micros }) => micros)).toEqual([0, 0]);
    expect(other && refusals(other)).toEqual(['kernel.unknownConstant', 'kernel.unknownConstant']);
  });

  it('says of a claim what it is, what it rests on, and how that was declared', async () => {
    const behind = [
      axiom('danger', False),
      Point,
      define('p', [], app(constant('Point', [zero]), Nat), point()),
    ];
    const proof = theorem('proof', False, app(mention(), constant('danger')));
    const [execution] = await run(
      job(behind, {
        claims: claims(proof, theorem('other', True, constant('True.intro')), theorem('no', False, nat(1))),
      }),
    );
    const [first, second, third] = execution.claims;
    expect(first?.evidence).toMatchObject({
      constant: 'proof',
      kind: 'theorem',
      levelParams: 0,
      statesFalse: true,
    });
    expect(first?.evidence?.reached).toEqual(
      expect.arrayContaining([
        { name: 'danger', kind: 'axiom', unsafe: false, partial: false },
        { name: 'Point', kind: 'inductive', unsafe: false, partial: false },
        { name: 'Point.mk', kind: 'constructor', unsafe: false, partial: false },
        { name: 'p', kind: 'definition', unsafe: false, partial: false },
      ]),
    );
    expect(first?.evidence?.reached.at(-1)?.name).toBe('proof');
    expect(first?.evidence).toMatchObject({ importedAxioms: [], importedUnsafe: [], oddities: [] });
    const said = first?.evidence?.declarations;
    const declared = said?.kind === 'said' ? decode(said.words) : [];
    const texts = (list: readonly Declaration[]): string[] => list.map((d) => encode([d]).join()).sort();
    expect(texts(declared)).toEqual(texts([...behind, proof]));
    expect(second?.evidence).toMatchObject({ statesFalse: false, reached: [{ name: 'other' }] });
    expect(third?.evidence).toBeUndefined();
    expect(third).toMatchObject({ outcome: { error: 'kernel.declTypeMismatch' } });
  });

  it('names an axiom of the base environment that a claim rests on', async () => {
    const sound = constant('Quot.sound', [one]);
    const relation = fun('a', Nat, () => fun('b', Nat, () => True));
    const type = forall('h', True, () =>
      app(
        constant('Eq', [one]),
        app(constant('Quot', [one]), Nat, relation),
        mk(relation, 0),
        mk(relation, 1),
      ),
    );
    const claim = theorem('c', type, app(sound, Nat, relation, nat(0), nat(1)));
    const [execution] = await run(job([], { claims: claims(claim) }));
    expect(execution.claims[0]).toMatchObject({
      outcome: { kind: 'accepted' },
      evidence: { importedAxioms: ['Quot.sound'] },
    });
  });

  it('stops a strict job at the first refusal', async () => {
    const [execution] = await run(
      job([define('bad', [], Nat, Type), axiom('A', Type)], {
        strict: true,
        claims: claims(theorem('t', True, constant('True.intro'))),
      }),
    );
    expect(execution).toMatchObject({
      steps: [{ outcome: { error: 'kernel.declTypeMismatch' } }],
      claims: [],
    });
  });

  it('describes what declarations have made', async () => {
    const reducible = define(
      'one',
      [],
      Nat,
      app(
        fun('x', Nat, (x) => x),
        nat(1),
      ),
    );
    const describe = ['Point', 'Point.mk', 'one', 'nowhere', 'Eq', 'Acc', 'List'];
    const [execution] = await run(job([Point, reducible], { describe, reduce: true }));
    expect(execution.shapes).toEqual([
      { name: 'Point', kind: 'inductive', levelParams: 1, numbers: [1, 0, 1, 0, 1, 0, 0, 2, 1, 1, 0, 1] },
      { name: 'Point.mk', kind: 'constructor', levelParams: 1, numbers: [3, 3] },
      { name: 'one', kind: 'definition', levelParams: 0, numbers: [0, 3, 1] },
      { name: 'Eq', kind: 'inductive', levelParams: 1, numbers: [2, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1] },
      expect.objectContaining({ name: 'Acc', numbers: [2, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1] }) as unknown,
      expect.objectContaining({ name: 'List', numbers: [1, 0, 2, 0, 1, 1, 0, 2, 1, 2, 0, 1] }) as unknown,
    ]);
  });

  it('ends a job that takes too long, keeps what it had finished, and runs the next', async () => {
    const impatient = new ExecutorClient(region, 0, { ...defaultLimits, jobMillis: 2000 });
    const [stopped, next] = await impatient.run([job(endless, { strict: true }), job([axiom('B', Type)])]);
    expect(stopped?.end).toMatchObject({ kind: 'timeout', at: 1 });
    expect(stopped?.steps).toMatchObject([{ outcome: { kind: 'accepted' } }]);
    expect(next).toMatchObject({ end: { kind: 'finished' }, steps: [{ outcome: { kind: 'accepted' } }] });
    expect(impatient.restarts).toBe(1);
  });

  it('declines a declaration that takes too many heartbeats, where the job is not strict', async () => {
    const [execution] = await run(job([...endless, axiom('A', Type)]));
    expect(refusals(execution)).toEqual([null, 'kernel.deterministicTimeout', null]);
  });

  it('crashes where it is killed twice during its job, and the job behind runs', async () => {
    await lean.replace();
    const running = run(job(endless, { strict: true }), job([axiom('A', Type)]));
    await eventually('the second step has begun', () => region.mailbox(0).phase === 1);
    const pid = region.load(region.slot(0) + workerSlot.executor_pid);
    process.kill(pid, 'SIGKILL');
    const now = (): number => region.load(region.slot(0) + workerSlot.executor_pid);
    await eventually('the job has begun again', () => now() !== pid && region.mailbox(0).phase === 1);
    process.kill(now(), 'SIGKILL');
    const [killed, next] = await running;
    const message = expect.stringContaining('signal 9') as string;
    expect(killed.end).toMatchObject({ kind: 'crashed', at: 1, message });
    expect(next).toMatchObject({ end: { kind: 'finished' }, steps: [{ outcome: { kind: 'accepted' } }] });
  });
});

function point(): Expr {
  return app(constant('Point.mk', [zero]), Nat, nat(1), nat(2n ** 65n));
}
/** A function from False to False that mentions `p`. */
function mention(): Expr {
  const first = proj('Point', 1, constant('p'));
  return app(
    fun('n', Nat, () => fun('f', False, (f) => f)),
    first,
  );
}
function mk(relation: Expr, n: number): Expr {
  return app(constant('Quot.mk', [one]), Nat, relation, nat(n));
}

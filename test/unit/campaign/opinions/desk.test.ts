import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/api/answer.js';
import type { Candidate } from '../../../../src/api/candidate.js';
import type { Execution, Job } from '../../../../src/api/execution.js';
import type { VerdictRow } from '../../../../src/api/opinion.js';
import type { AskedLean } from '../../../../src/campaign/opinions/asked-lean.js';
import { describeSignature } from '../../../../src/api/signature.js';
import { Desk } from '../../../../src/campaign/opinions/desk.js';
import { maxWaiting, type FromDesk, type Question } from '../../../../src/campaign/opinions/protocol.js';
import { Nat, Type } from '../../../../src/ir/core-constants.js';
import { declaredNames } from '../../../../src/ir/declaration.js';
import { nat } from '../../../../src/ir/expr.js';
import { decode } from '../../../../src/ir/tree-builder.js';
import { decodeFinding, encodeCandidate } from '../../../../src/share/entry-codec.js';
import { accepted, candidate, execution, finding, refused } from '../../../support/fakes.js';
import { definitionUnit } from '../../../support/kernel-units.js';
import { embedded } from '../../../support/leans.js';

/** The kind of a made-up Lean's answer to a declaration of this name. */
type Says = (name: string) => Answer['kind'];

/** A Lean whose answers hang on names, among them all that canaries ask. */
function lean(label: string, says: Says): AskedLean & { asked: number } {
  const identity = { ...embedded, version: label, hash: label };
  const asked = {
    ...{ lean: identity, label, by: { kind: 'lean', lean: identity }, asked: 0 },
    run(jobs: readonly Job[]): Promise<Execution[]> {
      asked.asked += jobs.length;
      return Promise.resolve(jobs.map((job) => ran(job, says)));
    },
  };
  return asked as unknown as AskedLean & { asked: number };
}

function ran(job: Job, says: Says): Execution {
  const steps = [];
  for (const step of job.steps) {
    const [declaration] = step.kind === 'declaration' ? decode(step.words) : [];
    const answer = says(declaration === undefined ? '' : (declaredNames(declaration)[0] ?? ''));
    if (answer === 'noAnswer')
      return execution({ steps, end: { kind: 'timeout', message: 'late', at: steps.length } });
    steps.push(answer === 'accepts' ? accepted() : refused('(kernel) declaration type mismatch'));
  }
  return execution({ steps });
}

const accepting: Says = () => 'accepts';
const refusing: Says = (name) => (name.startsWith('wrong') ? 'refuses' : 'accepts');

function chain(...names: readonly string[]): Candidate {
  const units = names.map((name) => definitionUnit(name, name.startsWith('wrong') ? Type : nat(1), Nat));
  return candidate({ level: 'kernel', units });
}

function question(of: Candidate, isNew = false): Question {
  return { candidate: encodeCandidate(of), answers: of.units.map(() => ({ kind: 'accepted' })), isNew };
}

async function run(desk: Desk): Promise<void> {
  desk.finish(60_000);
  await desk.run();
}

function deskOf(own: AskedLean, ...others: readonly AskedLean[]): { desk: Desk; told: FromDesk[] } {
  const told: FromDesk[] = [];
  const desk: Desk = new Desk(own, others, [], (message) => {
    told.push(message);
    if (message.type === 'lead') queueMicrotask(() => desk.stored());
  });
  return { desk, told };
}

function totals(told: readonly FromDesk[]) {
  const counts = told.flatMap((message) => (message.type === 'counts' ? message : []));
  const sum = (key: 'asked' | 'notAsked' | 'different' | 'taken'): number =>
    counts.reduce((all, one) => all + one[key], 0);
  const rows: VerdictRow[] = counts.flatMap(({ verdicts }) => verdicts);
  return {
    asked: sum('asked'),
    notAsked: sum('notAsked'),
    different: sum('different'),
    taken: sum('taken'),
    rows,
  };
}

function leadsOf(told: readonly FromDesk[]) {
  return told.flatMap((message) => (message.type === 'lead' ? decodeFinding(message.bytes) : []));
}

describe('the desk', () => {
  it('finds where another Lean differs, makes it small, and says what each of them answers', async () => {
    const { desk, told } = deskOf(lean('4.28.0', accepting), lean('4.29.0', refusing));
    desk.add([question(chain('a', 'b', 'wrong', 'c'))]);
    await run(desk);
    const [lead, ...others] = leadsOf(told);
    expect(others).toEqual([]);
    expect(lead?.candidate.units).toHaveLength(1);
    expect(lead?.verdict).toMatchObject({ kind: 'lead', signature: { class: 'difference' } });
    expect(lead?.verdict.reasons[0]).toContain('4.28.0 accepts; 4.29.0 refuses: ');
    expect(totals(told)).toMatchObject({ different: 1, notAsked: 0, taken: 1 });
  });

  it('makes one lead of a cause, however many inputs show it, and asks a candidate once', async () => {
    const own = lean('4.28.0', accepting);
    const { desk, told } = deskOf(own, lean('4.29.0', refusing));
    const names = Array.from({ length: 40 }, (_, index) => `wrong${index}`);
    desk.add(names.map((name) => question(chain(name))));
    desk.add(names.map((name) => question(chain(name))));
    await run(desk);
    expect(totals(told)).toMatchObject({ different: 40, taken: 80 });
    const signatures = new Set(leadsOf(told).map(({ verdict }) => describeSignature(verdict.signature)));
    expect(signatures.size).toBe(1);
    expect(leadsOf(told).length).toBeLessThan(8);
  });

  it('takes no answer for no answer, and goes on', async () => {
    const { desk, told } = deskOf(
      lean('4.28.0', accepting),
      lean('4.29.0', (name) => (name === 'hangs' ? 'noAnswer' : 'accepts')),
    );
    desk.add([question(chain('a', 'hangs', 'b')), question(chain('fine'))]);
    await run(desk);
    expect(leadsOf(told)).toEqual([]);
    const { rows, different } = totals(told);
    expect(different).toBe(0);
    const unanswered = rows.filter(({ by }) => by === '4.29.0').reduce((sum, row) => sum + row.noAnswer, 0);
    expect(unanswered).toBe(2);
  });

  it('counts each declaration once for everybody in a table', async () => {
    const { desk, told } = deskOf(
      lean('4.28.0', accepting),
      lean('4.29.0', refusing),
      lean('4.30.0', accepting),
    );
    await run(desk);
    const before = totals(told).rows;
    const more = deskOf(lean('4.28.0', accepting), lean('4.29.0', refusing), lean('4.30.0', accepting));
    more.desk.add([question(chain('a', 'wrong')), question(chain('a', 'wrong', 'b'))]);
    await run(more.desk);
    const of = (rows: readonly VerdictRow[], by: string, key: 'accepts' | 'refuses'): number =>
      rows
        .filter((row) => row.by === by && row.declaration === 'definition')
        .reduce((sum, row) => sum + row[key], 0);
    const { rows } = totals(more.told);
    expect(of(rows, '4.28.0', 'accepts') - of(before, '4.28.0', 'accepts')).toBe(3);
    expect(of(rows, '4.29.0', 'accepts') - of(before, '4.29.0', 'accepts')).toBe(2);
    expect(of(rows, '4.29.0', 'refuses') - of(before, '4.29.0', 'refuses')).toBe(1);
  });

  it('asks the own Lean again only where something is odd', async () => {
    const own = lean('4.28.0', accepting);
    const { desk } = deskOf(own, lean('4.29.0', accepting));
    await run(desk);
    const before = own.asked;
    const again = lean('4.28.0', accepting);
    const more = deskOf(again, lean('4.29.0', accepting));
    more.desk.add([question(chain('a', 'b')), question(chain('c'))]);
    await run(more.desk);
    expect(again.asked).toBe(before);
  });

  it('has a bound, and counts what it drops and what it can not read as not asked', async () => {
    const { desk, told } = deskOf(lean('4.28.0', accepting), lean('4.29.0', accepting));
    const many = Array.from({ length: maxWaiting + 5 }, (_, index) => question(chain(`d${index}`)));
    desk.add(many);
    desk.add([question(chain('news'), true)]);
    await run(desk);
    expect(totals(told)).toMatchObject({ notAsked: 6, taken: maxWaiting + 6 });
    const damaged = deskOf(lean('4.28.0', accepting), lean('4.29.0', accepting));
    damaged.desk.add([{ candidate: Uint8Array.of(1, 2, 3), answers: [], isNew: false }]);
    await run(damaged.desk);
    expect(totals(damaged.told)).toMatchObject({ notAsked: 1, taken: 1 });
  });

  it('counts what is left when its time is over as not asked', async () => {
    const { desk, told } = deskOf(lean('4.28.0', accepting), lean('4.29.0', accepting));
    desk.add([question(chain('a'))]);
    desk.finish(0);
    await desk.run();
    expect(totals(told)).toMatchObject({ notAsked: 1, taken: 1 });
  });

  it('says of a finding what everybody answers', async () => {
    const { desk, told } = deskOf(
      lean('4.28.0', accepting),
      lean('4.29.0', refusing),
      lean('4.30.0', () => 'noAnswer'),
    );
    desk.askAbout('one', finding({ candidate: chain('a', 'wrong') }));
    desk.askAbout('two', finding());
    await run(desk);
    const said = told.flatMap((message) => (message.type === 'opinions' ? message : []));
    expect(said.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(said[0]?.opinions.map(({ answer }) => answer)).toMatchObject([
      { kind: 'accepts' },
      { kind: 'refuses', why: expect.stringMatching(/^wrong: /) as string },
      { kind: 'noAnswer' },
    ]);
    expect(said[1]?.opinions.map(({ answer }) => answer.kind)).toEqual(['noAnswer', 'noAnswer', 'noAnswer']);
  });
});

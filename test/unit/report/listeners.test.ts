import { describe, expect, it } from 'vitest';
import type { CampaignListener } from '../../../src/api/campaign.js';
import { jsonListener, plainListener, quietListener } from '../../../src/report/listeners.js';
import { outputLine } from '../../../src/report/json/line-schema.js';
import { screenListener } from '../../../src/report/screen/screen-listener.js';
import type { ScreenState } from '../../../src/report/screen/screen-state.js';
import { finding, leadVerdict, snapshot, summary } from '../../support/fakes.js';
import { embedded } from '../../support/leans.js';

class FakeStream {
  text = '';
  write(text: string): void {
    this.text += text;
  }
  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }
}

/** A short campaign with one event of each kind. */
function play(listener: CampaignListener): void {
  for (const [phase, step] of [
    ['preparing Lean', 'looking'],
    ['booting Lean', 'loading'],
    ['booting Lean', 'importing Init'],
  ] as const)
    listener.booting?.({ phase, step, seconds: 3.2 });
  listener.started?.({
    campaignFolder: '/c',
    seed: 7,
    lean: embedded,
    bootSeconds: 3.4,
    knownBugs: ['#14484'],
  });
  listener.progress?.(snapshot({ elapsedSeconds: 1 }));
  listener.progress?.(snapshot({ elapsedSeconds: 2 }));
  listener.finding?.(finding(), '/s/solution-1', undefined);
  listener.notice?.('worker 1 ended');
  listener.progress?.(snapshot({ elapsedSeconds: 12 }));
  listener.finished?.(summary());
}

describe('jsonListener', () => {
  const out = new FakeStream();
  play(jsonListener(out));
  const objects = out.lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  it('prints one object a line, of a type each', () => {
    expect(objects.map((object) => object['type'])).toEqual([
      ...['booting', 'booting', 'started', 'status', 'status', 'finding', 'notice', 'status', 'summary'],
    ]);
    expect(out.text.endsWith('\n')).toBe(true);
  });

  it('prints what the schema in the package says, and nothing else', () => {
    for (const object of objects) expect(outputLine.parse(object)).toEqual(object);
  });

  it('says a finding with its signature as findings have it', () => {
    expect(objects.find(({ type }) => type === 'finding')).toMatchObject({
      ...{ kind: 'solution', class: 'soundness', signature: 'solution decide def' },
      ...{ claim: 'decide', axioms: ['propext'] },
    });
  });

  it('ends with a summary of the promised fields', () => {
    expect(Object.keys(objects.at(-1) ?? {})).toEqual(
      expect.arrayContaining([
        ...['type', 'elapsedSeconds', 'tests', 'testsPerMinute', 'declarations', 'declarationsAccepted'],
        ...[
          'candidates',
          'corpus',
          'leads',
          'solutions',
          'restarts',
          'dropped',
          'shareInsideLean',
          'workers',
        ],
      ]),
    );
    expect(objects.at(-1)).toEqual({ version: 1, ...summary() });
  });

  it('gives the process of each worker in a status', () => {
    expect(objects[3]?.['workers']).toMatchObject([{ pid: 11 }, { pid: 12 }]);
  });

  it('gives a finding with its lineage and folder', () => {
    expect(objects[5]).toMatchObject({
      ...{ type: 'finding', kind: 'solution', id: finding().id, folder: '/s/solution-1' },
      lineage: { seed: 7, run: 3 },
    });
  });
});

describe('plainListener', () => {
  it('says a known lead shortly, and the same known reason once', () => {
    const out = new FakeStream();
    const listener = plainListener(out);
    for (const known of ['#1', '#2', '#1'])
      listener.finding?.(finding({ verdict: leadVerdict({ reasons: ['long'] }) }), '/c/leads/x', known);
    listener.finding?.(finding(), '/s/solution-1', '#1');
    const of = (known: string): string =>
      `known lead (${known}): soundness accepts (data out of a proof) declaration theorem`;
    expect(out.lines.slice(0, 2).map((line) => line.split(':')[0])).toEqual(
      [of('#1'), of('#2')].map((line) => line.split(':')[0]),
    );
    expect(out.lines).toHaveLength(3);
    expect(out.lines[2]).toContain('known solution (#1)');
  });

  it('prints whole lines, and a status every ten seconds only', () => {
    const out = new FakeStream();
    play(plainListener(out));
    expect(out.text).not.toMatch(/[\r\x1b]/); // eslint-disable-line no-control-regex
    expect(out.lines.filter((line) => line.includes('tests 1200 ('))).toHaveLength(2);
    expect(out.lines.slice(0, 2)).toEqual(['preparing Lean', 'booting Lean']);
    expect(out.lines[2]).toContain('seed 7, campaign /c');
    expect(out.lines[3]).toContain('Lean 4.28.0 has known bugs that prove False (#14484)');
    expect(out.lines).toContain('worker 1 ended');
  });
});

describe('screenListener', () => {
  it('shows each event, and prints what should stay when the screen is closed', () => {
    const [states, printed]: [ScreenState[], string[]] = [[], []];
    let isClosed = false;
    play(
      screenListener({
        show: (state) => states.push(state),
        close: () => (isClosed = true),
        print: (line) => {
          expect(isClosed).toBe(true);
          printed.push(line);
        },
      }),
    );
    expect(states.map(({ boot }) => boot?.step).slice(0, 3)).toEqual([
      'looking',
      'loading',
      'importing Init',
    ]);
    expect(states.at(-1)).toMatchObject({
      info: { seed: 7 },
      finds: [{ kind: 'solution', signature: 'solution decide def', isKnown: false, seconds: 2 }],
      notices: ['worker 1 ended'],
    });
    expect(printed[0]).toContain('seed 7, campaign /c');
    expect(printed).toContain('worker 1 ended');
    expect(printed.some((line) => line.includes('stopped by runs'))).toBe(true);
  });
});

describe('quietListener', () => {
  it('says nothing but the summary', () => {
    const out = new FakeStream();
    play(quietListener(out));
    expect(out.lines[0]).toContain('stopped by runs');
    expect(out.text).not.toContain('worker 1 ended');
  });
});

import { describe, expect, it } from 'vitest';
import type { CampaignListener } from '../../../src/api/campaign.js';
import {
  jsonListener,
  plainListener,
  quietListener,
  terminalListener,
} from '../../../src/report/listeners.js';
import { finding, snapshot, summary } from '../../support/fakes.js';
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
    expect(objects.at(-1)).toEqual(summary());
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

describe('terminalListener', () => {
  it('rewrites its status line, cuts it to the screen, and puts findings above it', () => {
    const out = new FakeStream();
    play(terminalListener(out, () => 30));
    const screen = out.text.split('\r\x1b[K').map((part) => part.split('\n')[0] ?? '');
    expect(screen).toContain('booting Lean: importing Init ');
    const status = screen.filter((line) => line.includes('tests 1200'));
    expect(status.length).toBeGreaterThanOrEqual(3);
    for (const line of status) expect(line.length).toBeLessThanOrEqual(29);
    expect(out.lines.some((line) => line.includes('solution: "decide" proves False'))).toBe(true);
    expect(out.text.endsWith('\n')).toBe(true);
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

import { describe, expect, it } from 'vitest';
import { Finds } from '../../../src/campaign/finds.js';
import type { Finding } from '../../../src/api/entries.js';
import { candidate, finding, leadVerdict, unit } from '../../support/fakes.js';

const solution = (id: string): Finding => finding({ id });
const lead = (id: string): Finding => finding({ id, verdict: leadVerdict(), claim: undefined });

describe('Finds', () => {
  it('lists solutions before leads, and news before what is known', () => {
    const finds = new Finds();
    finds.add(lead('known'), '/known', '#14484');
    finds.add(lead('new'), '/new', undefined);
    finds.add(solution('old'), '/old', '#14613');
    finds.add(solution('fresh'), '/fresh', undefined);
    expect(finds.all().map(({ id }) => id)).toEqual(['fresh', 'old', 'new', 'known']);
    expect(finds.folders()).toEqual(['/fresh', '/old']);
    expect(finds.folders(0, false)).toEqual(['/fresh']);
    expect(finds.folders(0, true)).toEqual(['/old']);
  });

  it('has each in the form that was written last', () => {
    const finds = new Finds();
    finds.add(solution('a'), '/a', undefined);
    expect(finds.all()).toMatchObject([{ written: false, declarations: 2 }]);
    const units = [unit({ text: 'def a := 1' }), unit({ text: 'def b := 2' })];
    const smaller = finding({ id: 'a', candidate: candidate({ units }), claim: undefined });
    expect(finds.written(smaller, '/a-beside')).toBe(true);
    expect(finds.all()).toMatchObject([{ written: true, declarations: 2, size: 20, folder: '/a-beside' }]);
  });

  it('lists what came since there were so many, and solutions whose folders are not written', () => {
    const finds = new Finds();
    finds.add(solution('a'), '/a', undefined);
    const since = finds.count;
    finds.written(solution('a'), '/a');
    finds.add(solution('b'), '/b', undefined);
    finds.add(lead('c'), '/c', undefined);
    expect(finds.folders(since)).toEqual(['/b']);
    expect(finds.all(since).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(finds.unwritten()).toEqual([{ id: 'b', folder: '/b' }]);
    expect(finds.unwritten(finds.count)).toEqual([]);
  });

  it('knows nothing of findings of former runs', () => {
    const finds = new Finds();
    expect(finds.written(solution('former'), '/former')).toBe(false);
    expect(finds.all()).toEqual([]);
  });
});

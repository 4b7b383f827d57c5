import { describe, expect, it } from 'vitest';
import { metricsText } from '../../../src/report/metrics-text.js';
import { snapshot } from '../../support/fakes.js';
import { embedded } from '../../support/leans.js';

const info = { campaignFolder: '/c', seed: 7, lean: { ...embedded, version: 'a"b\\c\nd' }, bootSeconds: 1 };

describe('metrics for Prometheus', async () => {
  const text = await metricsText(info, snapshot({ blocks: 5, blocksInAll: 9 }));

  it('has every line in the form of the text format, and each metric once', () => {
    expect(text.endsWith('\n')).toBe(true);
    const lines = text.split('\n').filter((line) => line !== '');
    const sample = /^lean_fuzz_[a-z_]+(\{[a-z_]+="([^"\\]|\\.)*"(,[a-z_]+="([^"\\]|\\.)*")*\})? -?[\d.e+]+$/;
    for (const line of lines)
      expect(line).toMatch(line.startsWith('#') ? /^# (HELP|TYPE) lean_fuzz_[a-z_]+ \S/ : sample);
    const types = lines.filter((line) => line.startsWith('# TYPE'));
    expect(new Set(types).size).toBe(types.length);
    expect(types.length).toBeGreaterThan(15);
  });

  it('says what the snapshot says, and escapes what it is told', () => {
    expect(text).toContain('lean="a\\"b\\\\c\\nd"');
    expect(text).toContain('lean_fuzz_tests_total 1200\n');
    expect(text).toContain('lean_fuzz_findings{kind="solution",known="no"} 2\n');
    expect(text).toContain('lean_fuzz_declarations_total{answer="refused"} 50\n');
    expect(text).toContain('lean_fuzz_worker_running{worker="0"} 1\n');
    expect(text).toContain('lean_fuzz_blocks_reached 5\n');
  });

  it('says that nothing runs yet', async () => {
    expect(await metricsText(undefined, undefined)).toContain('lean_fuzz_up 0\n');
    expect(await metricsText(info, undefined)).not.toContain('tests_total');
  });
});

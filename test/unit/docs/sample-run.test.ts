import { expect, it } from 'vitest';
import { startLine, statusLine, summaryLines } from '../../../src/report/format.js';
import { codeBlocks } from '../../support/code-blocks.js';
import { foundInRun, snapshot, summary } from '../../support/fakes.js';
import { embedded } from '../../support/leans.js';

/** A line without its numbers, names and folders: the words that it always has. */
function words(line: string): string {
  return line
    .replace(/ \([^)]*known[^)]*\)/g, '')
    .replace(/(?<=seed |campaign ).*/, '')
    .replace(/ \([^)]*(wasm|booting)[^)]*\)/g, '')
    .replace(/workers [A-Z]+/, 'workers')
    .replace(/accepted -/, 'accepted 0%')
    .replace(/[<>]?[\d.]+/g, '0')
    .replace(/0m0s/g, '0s');
}

it('is printed today as the README shows it', () => {
  const shown = codeBlocks('README.md', '').find((block) => block.includes('stopped by'));
  const lines = (shown ?? '').split('\n').map(words);
  const printed = [
    startLine({ campaignFolder: 'c', seed: 1, lean: embedded, bootSeconds: 3 }),
    statusLine(snapshot()),
    ...summaryLines(
      summary({ restarts: 0, timeouts: 0, crashes: 0, outOfMemory: 0, stoppedBy: 'time', findings: [] }),
    ).slice(0, 4),
    ...summaryLines(
      summary({ campaignFolder: 'campaigns/first', findings: [foundInRun({ known: 'x' })] }),
    ).slice(-4),
  ].map(words);
  expect(printed).not.toEqual([]);
  for (const line of printed) expect(lines).toContain(line);
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '../../src/api/campaign.js';
import type { JsonLine } from '../support/campaign.js';
import { countNames, countsOf, findingIdsOf, wrongStatus, type Counts } from './invariants.js';

const resumed = ['tests', 'candidates', 'leads', 'solutions'] as const;

/** Work and findings that a campaign has told of, over all rounds: none of it may be lost. */
export class Ledger {
  private counts: Counts | undefined;
  /** Findings that were announced, and their folders. */
  private readonly announced = new Map<string, string>();

  constructor(
    private readonly campaign: string,
    private readonly violated: (text: string) => void,
  ) {}

  /** From here on nothing is known: the database was damaged or taken away. */
  forget(): void {
    this.counts = undefined;
    this.announced.clear();
  }

  /** Takes what a round has printed. Behind garbage in the memory, counts must be possible and no more. */
  readLines(lines: readonly JsonLine[], hasGarbage: boolean): void {
    let before: Snapshot | undefined;
    for (const line of lines) {
      if (line.type === 'finding') this.announced.set(String(line['id']), String(line['folder']));
      if (line.type !== 'status' && line.type !== 'summary') continue;
      const status = line as unknown as Snapshot;
      if (before === undefined)
        for (const name of resumed)
          if (status[name] < (this.counts?.[name] ?? 0))
            this.violated(`resumed with ${name} ${status[name]}, had ${this.counts?.[name] ?? 0}`);
      const wrong = wrongStatus(before, status);
      wrong.filter((text) => !hasGarbage || text.startsWith('absurd')).forEach(this.violated);
      before = status;
    }
  }

  /** Looks for the folders of what was announced, in a round in which they could be written. */
  lookAtFolders(): void {
    const unwritten = [...this.announced.values()].filter(
      (folder) => !existsSync(join(folder, 'finding.json')),
    );
    if (unwritten.length > 0) this.violated(`announced, without a folder: ${unwritten.join(', ')}`);
  }

  lookAtDatabase(hasGarbage: boolean): void {
    try {
      const counts = countsOf(this.campaign);
      for (const name of countNames) {
        const was = this.counts?.[name] ?? 0;
        if (counts[name] < was && !hasGarbage)
          this.violated(`${name} in the database: ${counts[name]}, was ${was}`);
      }
      this.counts = counts;
      const stored = findingIdsOf(this.campaign);
      const lost = [...this.announced.keys()].filter((id) => !stored.has(id));
      if (lost.length > 0) this.violated(`announced, and not in the database: ${lost.join(', ')}`);
    } catch (error) {
      this.violated(`the database: ${String(error)}`);
    }
  }
}

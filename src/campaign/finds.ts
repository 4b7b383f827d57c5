import type { FoundInRun } from '../api/campaign.js';
import type { Finding } from '../api/entries.js';
import { describeSignature } from '../api/signature.js';
import { declarationsIn, sizeOf } from '../store/finding-size.js';

interface Find {
  readonly shown: FoundInRun;
  /** How many were found before it. */
  readonly number: number;
}

/** The findings of this run of a campaign, by their ids. */
export class Finds {
  private readonly found = new Map<string, Find>();
  /** How many were found so far. */
  count = 0;

  add(finding: Finding, folder: string, known: string | undefined): void {
    const shown = { ...said(finding), folder, written: false, ...(known === undefined ? {} : { known }) };
    this.found.set(finding.id, { shown, number: this.count++ });
  }

  /** A finding's folder has got this form; false where that is not of this run. */
  written(finding: Finding, folder: string): boolean {
    const find = this.found.get(finding.id);
    if (find === undefined) return false;
    const shown = { ...find.shown, ...said(finding), folder, written: true };
    this.found.set(finding.id, { ...find, shown });
    return true;
  }

  /** Those that came when there were `since` already: solutions first, and what is new before what is known. */
  all(since = 0): FoundInRun[] {
    const rank = ({ kind, known }: FoundInRun): number =>
      (kind === 'solution' ? 0 : 2) + (known === undefined ? 0 : 1);
    return [...this.found.values()]
      .filter(({ number }) => number >= since)
      .map(({ shown }) => shown)
      .sort((one, other) => rank(one) - rank(other));
  }

  /** Folders of the solutions among them; of known or unknown signatures only where that is said. */
  folders(since = 0, known?: boolean): string[] {
    return this.all(since)
      .filter(
        (one) => one.kind === 'solution' && (known ?? one.known !== undefined) === (one.known !== undefined),
      )
      .map(({ folder }) => folder);
  }

  /** The solutions whose folder could not be written: they can be replayed from the campaign. */
  unwritten(since = 0): { id: string; folder: string }[] {
    return this.all(since)
      .filter(({ kind, written }) => kind === 'solution' && !written)
      .map(({ id, folder }) => ({ id, folder }));
  }
}

function said(finding: Finding): Omit<FoundInRun, 'folder' | 'written' | 'known'> {
  const { id, verdict } = finding;
  const { kind, signature } = verdict;
  return {
    ...{ id, kind, signature: describeSignature(signature) },
    ...(kind === 'lead' ? { leadClass: signature.class } : {}),
    declarations: declarationsIn(finding),
    size: sizeOf(finding),
  };
}

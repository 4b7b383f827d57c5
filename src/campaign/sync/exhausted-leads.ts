import type { SyncState } from './sync-state.js';
import { maxExhausted, maxExhaustedText } from './transport.js';

/** Leads that go at once. */
const leadsAtOnce = 256;

/** Leads that were looked behind often enough: by this machine, which the others are to hear, and by the others. */
export class ExhaustedLeads {
  private readonly own = new Set<string>();
  private readonly others = new Set<string>();
  private shared = new Set<string>();

  constructor(private readonly state: SyncState) {}

  /** Reads what is kept of the place; what is not known to be shared there is shared again. */
  load(): void {
    const kept = [...this.state.exhausted];
    kept.forEach(([lead, whose]) => (whose === 'others' ? this.others : this.own).add(lead));
    this.shared = new Set(kept.flatMap(([lead, whose]) => (whose === 'shared' ? [lead] : [])));
  }

  /** Adds those of this machine's workers. */
  add(leads: readonly string[]): void {
    const fresh = this.freshOf(leads, this.own);
    fresh.forEach((lead) => this.own.add(lead));
    this.state.keepExhausted(fresh, 'own');
  }

  /** Adds those of other machines; returns the ones that were not known. */
  take(leads: readonly string[]): string[] {
    const fresh = this.freshOf(leads, this.others);
    fresh.forEach((lead) => this.others.add(lead));
    // A lead that is this machine's own, too, is kept as its own: it may still have to be shared.
    this.state.keepExhausted(
      fresh.filter((lead) => !this.own.has(lead)),
      'others',
    );
    return fresh;
  }

  /** Those of other machines, for a worker that begins. */
  get ofOthers(): string[] {
    return [...this.others];
  }

  /** Those that the others are to hear of next. */
  next(): string[] {
    return [...this.own]
      .filter((lead) => !this.shared.has(lead) && !this.others.has(lead))
      .slice(0, leadsAtOnce);
  }

  acknowledge(leads: readonly string[]): void {
    leads.forEach((lead) => this.shared.add(lead));
    this.state.keepExhausted(leads, 'shared');
  }

  private freshOf(leads: readonly string[], known: ReadonlySet<string>): string[] {
    const room = maxExhausted - known.size;
    return [...new Set(leads)]
      .filter((lead) => !known.has(lead) && lead.length <= maxExhaustedText)
      .slice(0, Math.max(0, room));
  }
}

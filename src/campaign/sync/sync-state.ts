import { sentKey, type SyncTable } from '../../store/sync-table.js';

/** How far this machine is with one place, as its database keeps it. */
export class SyncState {
  constructor(
    private readonly table: SyncTable,
    private readonly place: string,
  ) {}

  /** Keeps who has looked behind leads often enough: this machine, which the others know or not, or the others. */
  keepExhausted(leads: readonly string[], whose: 'own' | 'shared' | 'others'): void {
    leads.forEach((lead) => this.table.set(this.place, `exhausted ${lead}`, whose));
  }

  /** Leads that were looked behind often enough, and whose they are. */
  get exhausted(): ReadonlyMap<string, string> {
    return this.table.below(this.place, 'exhausted ');
  }

  /** Begins anew where the place is not the one that is known: nothing that was shared is there. */
  enter(identity: string): void {
    if (this.table.get(this.place, 'identity') === identity) return;
    this.table.forget(this.place);
    this.table.set(this.place, 'identity', identity);
  }

  /** Forgets what was shared and what was read, as if the place was new. */
  forget(): void {
    this.table.forget(this.place);
  }

  /** The last entry of the corpus that was shared. */
  get sent(): number {
    const number = Number(this.table.get(this.place, sentKey) ?? 0);
    return Number.isSafeInteger(number) && number >= 0 ? number : 0;
  }

  set sent(number: number) {
    this.table.set(this.place, sentKey, String(number));
  }

  get cursors(): ReadonlyMap<string, string> {
    return this.table.below(this.place, 'read ');
  }

  keepCursors(cursors: ReadonlyMap<string, string>): void {
    cursors.forEach((cursor, kind) => this.table.set(this.place, `read ${kind}`, cursor));
  }

  /** Forms of findings that are with the others, by id. */
  get findings(): ReadonlyMap<string, string> {
    return this.table.below(this.place, 'finding ');
  }

  acknowledge(id: string, form: string): void {
    this.table.set(this.place, `finding ${id}`, form);
  }

  /** Candidates that this machine's campaign had when it began to take part; `now` where that is not known yet. */
  baseline(now: number): number {
    const number = Number(this.table.get(this.place, 'baseline') ?? NaN);
    if (Number.isSafeInteger(number)) return number;
    this.table.set(this.place, 'baseline', String(now));
    return now;
  }

  /** The session of this machine's last report; empty where there was none. */
  get session(): string {
    return this.table.get(this.place, 'session') ?? '';
  }

  set session(session: string) {
    this.table.set(this.place, 'session', session);
  }
}

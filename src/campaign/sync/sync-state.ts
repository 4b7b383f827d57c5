import { sentKey, type SyncTable } from '../../store/sync-table.js';

/** How far this machine is with one place, as its database keeps it. */
export class SyncState {
  constructor(
    private readonly table: SyncTable,
    private readonly place: string,
  ) {}

  /** Begins anew where the place is not the one that is known: nothing that was shared is there. */
  enter(identity: string): void {
    if (this.table.get(this.place, 'identity') === identity) return;
    this.table.forget(this.place);
    this.table.set(this.place, 'identity', identity);
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

  /** The session of this machine's last report; empty where there was none. */
  get session(): string {
    return this.table.get(this.place, 'session') ?? '';
  }

  set session(session: string) {
    this.table.set(this.place, 'session', session);
  }
}

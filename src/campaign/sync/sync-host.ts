import type { MachineReport } from '../../api/machine.js';
import type { SharedRegion } from '../../share/region.js';
import type { FoundThere } from '../../share/shared-finding.js';
import type { CampaignDatabase } from '../../store/database.js';
import type { Collector } from '../supervise/collector.js';

/** A machine's report on itself, without its name, number, session and state, which sync adds. */
export type OwnReport = Omit<MachineReport, 'machine' | 'number' | 'session' | 'state'>;

/** The campaign that sync is part of, as far as sync needs it. */
export interface SyncHost {
  readonly database: CampaignDatabase;
  readonly collector: Pick<Collector, 'takeEntryOf' | 'takeFindingOf' | 'collectAll'>;
  readonly region: Pick<SharedRegion, 'native' | 'blocks' | 'addCounter'>;
  /** Names the kernel that features are of, as in MachineReport. */
  readonly kernel: string;
  readonly levels: readonly string[];
  /** The target, the Lean and the mutant that this machine's findings are found on. */
  readonly foundOn: Omit<FoundThere, 'elapsedSeconds' | 'known'>;
  report(): OwnReport;
  /** Gives entries of other machines to the workers. */
  spread(entries: readonly Uint8Array[]): void;
  /** Tells the workers of leads that other machines have looked behind often enough. */
  exhaust(leads: readonly string[]): void;
  /** Does a piece of the store's work, or keeps it for when the disk can be used. */
  store(action: () => void): void;
  /** False while the disk is waited for, and what was to be stored is kept. */
  isStoreReady(): boolean;
  /** From here on this machine's candidates have another number above theirs. */
  renumber(number: number): void;
  notice(text: string): void;
}

/** How a campaign shares. */
export interface SyncSettings {
  readonly direction: 'both' | 'up' | 'down';
  readonly intervalMillis: number;
  /** Milliseconds between two reports; 5,000 where that is not said. */
  readonly reportMillis?: number;
  /** Bytes of entries a second, each way. */
  readonly bytesPerSecond: number;
  /** Whose limits hold: this machine's, or those of all together. */
  readonly limits: 'own' | 'all';
  /** Whether findings of all machines get folders here; `auto`: where this is the machine that began. */
  readonly collect: 'auto' | 'on' | 'off';
}

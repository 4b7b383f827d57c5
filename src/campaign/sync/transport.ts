import type { MachineReport, SeenMachine } from '../../api/machine.js';
import type { Progress } from './progress.js';

/** Counted up when what machines send each other changes; machines of another format do not read it. */
export const syncFormat = 2;

/** Bytes of an entry and of a finding that are taken from others, and that are sent to them. */
export const maxEntryBytes = 1 << 20;
export const maxFindingBytes = 16 << 20;
/** Characters of a lead's key, and keys that are taken from others in all. */
export const maxExhaustedText = 500;
export const maxExhausted = 10_000;
/** Bytes of findings that are held at once, but for the first: what others announce is anybody's word. */
export const findingRoom = 32 << 20;

/** An entry on its way to other machines. */
export interface SentEntry {
  readonly id: string;
  readonly level: string;
  /** How many of its features nobody else has shared. */
  readonly newFeatures: number;
  readonly bytes: Uint8Array;
}

/** Entries, findings, features and leads that a machine shares in one round. */
export interface Upload {
  readonly machine: string;
  /** Names the kernel that the features are of, as in MachineReport. */
  readonly kernel: string;
  readonly entries: readonly SentEntry[];
  /** As encodeSharedFinding made them. */
  readonly findings: readonly Uint8Array[];
  /** Features that were new to the machine, ascending. */
  readonly features: Uint32Array;
  /** Leads that it has looked behind often enough, see Pursuit. */
  readonly exhausted: readonly string[];
}

/** The request of a machine that reads in one round: which shares of others it wants, and how much of them. */
export interface Wanted {
  readonly machine: string;
  /** Features and entries of this kernel only. */
  readonly kernel: string;
  /** Entries of these levels only; undefined for none. */
  readonly levels: readonly string[] | undefined;
  /** How far each kind was read, as the last download said; nothing at first. */
  readonly cursors: ReadonlyMap<string, string>;
  /** Bytes of entries, about. */
  readonly maxBytes: number;
  /** Whether an entry of that content is here already. */
  has(id: string): boolean;
}

/** Entries, findings, features and leads that others have shared since the last round. They may be anybody's bytes. */
export interface Download {
  readonly entries: readonly { readonly machine: string; readonly id: string; readonly bytes: Uint8Array }[];
  readonly findings: readonly { readonly machine: string; readonly bytes: Uint8Array }[];
  readonly features: readonly Uint32Array[];
  readonly exhausted: readonly string[];
  /** To be kept when all of it is stored. */
  readonly cursors: ReadonlyMap<string, string>;
  /** Whether there is more at once. */
  readonly isMore: boolean;
  /** Machines of which something was passed over, each with a sentence that says why. */
  readonly passedOver: ReadonlyMap<string, string>;
}

/** A place that is ready. */
export interface Opened {
  /** Another identity knows nothing of what was shared before. */
  readonly identity: string;
  /** The machine that was the first there. */
  readonly began: string;
}

/**
 * A place where machines meet. All methods throw TransportTrouble where it can't be used; then the next call begins with
 * `open` again.
 */
export interface Transport {
  /** Its name for people and for the database, without secrets. */
  readonly place: string;
  /** Makes it ready, for a machine of that name. */
  open(machine: string): Promise<Opened>;
  /** Shares. What it is given is with the others for good when this resolves. */
  publish(upload: Upload): Promise<void>;
  read(wanted: Wanted): Promise<Download>;
  /** Says how this machine is. Returns the session of the report that stood there before, if any. */
  report(report: MachineReport): Promise<string | undefined>;
  machines(): Promise<SeenMachine[]>;
  /** Puts what a machine has done in the place of what it said before; returns what all have said until then. */
  progress(own: Progress): Promise<Progress[]>;
  /** Keeps what is shared within its bounds; `featuresOf` knows the entries that are here. */
  tidy(featuresOf: (id: string) => Uint32Array | undefined): Promise<void>;
  close(): Promise<void>;
}

/** A place can't be used now. */
export class TransportTrouble extends Error {
  override readonly name = 'TransportTrouble';

  /** `wanted` is what was expected of the place, and what it said; the message puts `expected` before it. */
  constructor(readonly wanted: string) {
    super(`expected ${wanted}`);
  }
}

import type { Random } from '../../src/util/random.js';
import type { Running } from '../support/campaign.js';
import type { Clock } from './clock.js';
import type { Disk } from './disk.js';

/** Where faults are injected: a campaign, its files, and what of its machine can be changed. */
export interface Scene {
  readonly random: Random;
  readonly campaign: string;
  readonly solutions: string;
  readonly disk: Disk;
  readonly clock: Clock | undefined;
}

/** The same while the campaign runs. */
export interface LiveScene extends Scene {
  readonly running: Running;
}

/** The figures of a campaign that a fault may spoil: those in its database, or the counters in the shared memory. */
export type Harm = 'database' | 'counters';

interface Fault {
  readonly name: string;
  /** How often it is drawn, in proportion. */
  readonly weight: number;
  /** Matches the line with which the campaign may end because of it. Default: it must go on. */
  readonly mayEnd?: RegExp;
  readonly harms?: Harm;
  /** Whether it takes the campaign's folder away, with the leads in it. */
  readonly takesFolder?: boolean;
  /** Whether it needs a disk that can fail, or clocks that can be moved. */
  readonly needs?: 'disk' | 'clock';
}

/** A fault of a campaign that runs. What it takes away for a moment, it has given back when it resolves. */
export interface LiveFault extends Fault {
  readonly when: 'running';
  /** False where there is nothing that it could hit. */
  inject(scene: LiveScene): Promise<boolean> | boolean;
}

/** A fault of the files of a campaign that does not run. */
export interface RestingFault extends Fault {
  readonly when: 'resting';
  inject(scene: Scene): boolean;
}

/** A moment, for what holds on for a while. */
export function moment(random: Random, mostMillis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, random.below(mostMillis)));
}

import type { Unit } from '../../api/candidate.js';
import type { CorpusEntry } from '../../api/entries.js';
import type { InputLevel } from '../../api/execution.js';
import { ExitCode, UserError, invalid, messageOf } from '../../util/errors.js';
import { checkModule } from '../../util/user-module.js';
import type { Random } from '../../util/random.js';
import type { Mutator } from '../mutators/mutator.js';
import type { CustomMutatorEvents } from './custom-mutator-events.js';
import type { Change } from './lineage-name.js';
import { LoadedMutator } from './loaded-mutator.js';
import { defaultMutatorLimits, MutatorFailure, MutatorHost, type MutatorLimits } from './mutator-host.js';

/** The result of custom mutators on a candidate. */
export interface Finished {
  readonly units: Unit[];
  readonly changes: readonly Change[];
}

/** Tries at an entry that no queue filter refuses, before one is taken that they do refuse. */
const maxPicks = 4;

/** The campaign's custom mutators in the order in which they were named. */
export class CustomMutators {
  private readonly loaded: readonly LoadedMutator[];

  /**
   * Starts their threads; without a seed, only to look at them. UserError (2) for a file that holds no mutator, and
   * for a name that occurs twice.
   */
  constructor(
    files: readonly string[],
    seed: number | null,
    events: CustomMutatorEvents,
    limits: MutatorLimits = defaultMutatorLimits,
  ) {
    this.loaded = files.map((file, slot) => {
      checkModule('--mutator', file);
      const host = new MutatorHost(file, seed, limits);
      return new LoadedMutator(host, describe(host), slot, events);
    });
    const names = new Set<string>();
    for (const { name, file } of this.loaded) {
      if (names.has(name)) throw invalid(`mutator ${file}`, name, 'a name that no other mutator has');
      names.add(name);
    }
  }

  /** Their files, each with the levels that it is for. */
  get levels(): readonly { readonly file: string; readonly levels: readonly InputLevel[] }[] {
    return this.loaded.map(({ file, levels }) => ({ file, levels }));
  }

  /** Those that make candidates out of entries of a level, to be chosen among the built-in ones. */
  mutators(level: InputLevel): Mutator[] {
    return this.loaded.flatMap((mutator) => mutator.asMutators(level));
  }

  /** The last hand on a candidate's units: havoc, then post-processing. */
  finish(level: InputLevel, units: Unit[], random: Random, tag: string): Finished | 'veto' {
    let finished = units;
    const changes: Change[] = [];
    for (const mutator of this.loaded) {
      const changed = mutator.havoc(level, finished, random, tag);
      if (changed === undefined) continue;
      finished = changed;
      changes.push(mutator.lastChange());
    }
    for (const mutator of this.loaded) {
      const processed = mutator.postProcess(level, finished, random);
      if (processed === 'veto') return 'veto';
      if (!sameUnits(processed, finished)) changes.push(mutator.lastChange());
      finished = processed;
    }
    return { units: finished, changes };
  }

  /** An entry that every queue filter lets through; after a few tries any. */
  pick(from: () => CorpusEntry | undefined): CorpusEntry | undefined {
    for (let attempt = 1; ; attempt++) {
      const entry = from();
      if (entry === undefined || attempt >= maxPicks) return entry;
      if (this.loaded.every((mutator) => mutator.wants(entry))) return entry;
    }
  }

  /** Tells all of an entry that this worker has found. */
  newEntry(entry: CorpusEntry): void {
    for (const mutator of this.loaded) mutator.newEntry(entry);
  }

  /** Smaller versions of an entry's units, one after the other; see {@link CustomMutator.trim}. */
  get trimmers(): readonly LoadedMutator[] {
    return this.loaded.filter((mutator) => mutator.has('trim'));
  }

  /** Ends all threads, and says what each mutator came to. */
  stop(): string[] {
    return this.loaded.map((mutator) => mutator.stop());
  }
}

function sameUnits(one: readonly Unit[], other: readonly Unit[]): boolean {
  return one.length === other.length && one.every(({ hash }, index) => hash === other[index]?.hash);
}

function describe(host: MutatorHost): ReturnType<MutatorHost['describe']> {
  try {
    return host.describe();
  } catch (error) {
    if (!(error instanceof MutatorFailure)) throw error;
    const message = messageOf(error);
    throw new UserError(
      message.includes(host.file) ? message : `--mutator: ${host.file} can't be loaded: ${message}`,
      ExitCode.usage,
    );
  }
}

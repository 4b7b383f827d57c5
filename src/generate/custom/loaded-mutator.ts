import type { Unit } from '../../api/candidate.js';
import type { CorpusEntry } from '../../api/entries.js';
import type { InputLevel } from '../../api/execution.js';
import { messageOf } from '../../util/errors.js';
import { Random } from '../../util/random.js';
import type { Mutator } from '../mutators/mutator.js';
import type { CustomMutatorEvents } from './custom-mutator-events.js';
import { customChange, type Change } from './lineage-name.js';
import { MutatorFailure, type MutatorHost } from './mutator-host.js';
import type { HookName, Ready, Request, WireUnit } from './protocol.js';
import { readUnits, RefusedUnits } from './read-units.js';
import { Standing } from './standing.js';

/** Characters of a description in a lineage. */
const maxDescription = 60;

/** One custom mutator as the worker uses it: its hooks, its standing, and what it said last. */
export class LoadedMutator {
  private readonly standing = new Standing();
  private readonly reported = new Set<string>();
  private description = '';

  constructor(
    private readonly host: MutatorHost,
    private readonly ready: Ready,
    private readonly slot: number,
    private readonly events: CustomMutatorEvents,
  ) {}

  get name(): string {
    return this.ready.name;
  }

  get file(): string {
    return this.host.file;
  }

  get levels(): readonly InputLevel[] {
    return this.ready.levels;
  }

  /** The change that the last call has made, by the name of the mutator; of a crossover with a `+`. */
  lastChange(suffix: '' | '+' = ''): Change {
    return customChange(this.name + suffix, this.description.replace(/\s+/g, '-').slice(0, maxDescription));
  }

  has(hook: HookName): boolean {
    return this.standing.offBecause === undefined && this.ready.hooks.includes(hook);
  }

  asMutators(level: InputLevel): Mutator[] {
    if (!this.ready.levels.includes(level)) return [];
    const made: Mutator[] = [];
    const { weight } = this.ready;
    if (this.has('mutate')) {
      made.push({
        name: customChange(this.name, '').mutator,
        weight,
        lastChange: () => this.lastChange(),
        mutate: (parent, { random, tag }) => this.units('mutate', level, parent, random, tag),
      });
    }
    if (this.has('crossover')) {
      made.push({
        name: customChange(`${this.name}+`, '').mutator,
        weight,
        lastChange: () => this.lastChange('+'),
        crosses: true,
        mutate: (parent, { random, tag, other }) =>
          this.units('crossover', level, parent, random, tag, { other: other.map(wire) }, other),
      });
    }
    return made;
  }

  /** Undefined where it changes nothing. */
  havoc(level: InputLevel, units: readonly Unit[], random: Random, tag: string): Unit[] | undefined {
    if (!this.has('havoc') || !this.ready.levels.includes(level)) return undefined;
    if (!random.chance(this.ready.havocProbability)) return undefined;
    return this.units('havoc', level, units, random, tag);
  }

  /** The units, changed or not; what fails changes nothing. */
  postProcess(level: InputLevel, units: Unit[], random: Random): Unit[] | 'veto' {
    if (!this.has('postProcess') || !this.ready.levels.includes(level)) return units;
    const before = this.standing.failures + this.standing.refused;
    const processed = this.units('postProcess', level, units, random, '');
    if (processed !== undefined) return processed;
    return this.standing.failures + this.standing.refused > before ? units : 'veto';
  }

  /** The next smaller version of an entry's units; undefined at the end. */
  trim(level: InputLevel, units: readonly Unit[], step: number): Unit[] | undefined {
    if (!this.has('trim') || !this.ready.levels.includes(level)) return undefined;
    return this.units('trim', level, units, Random.of(step), '', { step });
  }

  wants(entry: CorpusEntry): boolean {
    const { level } = entry.candidate;
    if (!this.has('queueFilter') || !this.ready.levels.includes(level)) return true;
    const wanted = this.call(entryRequest('queueFilter', entry), (reply) =>
      reply.type === 'answer' ? reply.answer : true,
    );
    if (wanted === undefined) return true;
    if (wanted) this.standing.gaveSomething();
    else this.nothing();
    return wanted;
  }

  newEntry(entry: CorpusEntry): void {
    if (!this.has('newEntry') || !this.ready.levels.includes(entry.candidate.level)) return;
    this.call(entryRequest('newEntry', entry), () => this.standing.gaveSomething());
  }

  /** Ends it; one line about what it came to. */
  stop(): string {
    try {
      this.host.stop();
    } catch (error) {
      if (!(error instanceof MutatorFailure)) throw error;
      this.report(`deinit: ${error.message}`);
    }
    const { calls, failures, refused, offBecause } = this.standing;
    const off = offBecause === undefined ? '' : `; switched off: ${offBecause}`;
    return `mutator ${this.name}: ${calls} calls, ${failures} failed, ${refused} results refused${off}`;
  }

  private units(
    hook: Exclude<HookName, 'queueFilter' | 'newEntry'>,
    level: InputLevel,
    parent: readonly Unit[],
    random: Random,
    tag: string,
    more: Partial<Request> = {},
    others: readonly Unit[] = [],
  ): Unit[] | undefined {
    this.description = '';
    const request: Request = {
      hook,
      level,
      units: parent.map(wire),
      seed: random.uint32(),
      tag: `${tag}_m${this.slot}`,
      ...more,
    };
    const made = this.call(request, (reply) => {
      if (reply.type !== 'units' || reply.units === null) return null;
      this.description = reply.description;
      return readUnits(level, reply.units, [...parent, ...others]);
    });
    if (made === undefined) return undefined;
    if (made !== null) this.standing.gaveSomething();
    // There is no end of trimming without an undefined, so that one says nothing about the mutator.
    else if (hook !== 'trim') this.nothing();
    return made ?? undefined;
  }

  /** Undefined where the call failed or its result was refused; then it was counted and told. */
  private call<T>(request: Request, read: (reply: ReturnType<MutatorHost['call']>) => T): T | undefined {
    try {
      return read(this.host.call(request));
    } catch (error) {
      if (error instanceof RefusedUnits) {
        this.events.refused();
        this.standing.failed('refused');
        this.report(`${request.hook} gave what was refused: ${error.message}`);
      } else if (error instanceof MutatorFailure) {
        this.standing.failed('failed');
        this.report(`${request.hook} failed: ${messageOf(error)}`);
      } else throw error;
      this.reportOff();
      return undefined;
    }
  }

  private nothing(): void {
    this.standing.gaveNothing();
    this.reportOff();
  }

  private reportOff(): void {
    const { offBecause } = this.standing;
    if (offBecause !== undefined) this.report(`switched off: ${offBecause}`);
  }

  /** Each kind of trouble once. */
  private report(text: string): void {
    const template = text.replace(/\d+/g, '0').slice(0, 80);
    if (this.reported.has(template)) return;
    this.reported.add(template);
    this.events.notice(`mutator ${this.name}: ${text.replace(/\s*\n\s*/g, '; ').slice(0, 300)}`);
  }
}

function wire(unit: Unit): WireUnit {
  const { kind, declares, uses } = unit;
  return { kind, declares, uses, content: unit.form === 'kernel' ? unit.words : unit.text };
}

function entryRequest(hook: 'queueFilter' | 'newEntry', entry: CorpusEntry): Request {
  const { id, newFeatures, outcome, candidate } = entry;
  return {
    hook,
    level: candidate.level,
    units: candidate.units.map(wire),
    seed: 0,
    tag: '',
    entry: { id, newFeatures, outcome, parents: candidate.lineage.parents },
  };
}

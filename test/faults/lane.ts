import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Random } from '../../src/util/random.js';
import { leanFuzz, Running } from '../support/campaign.js';
import { eventually, survivors } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { Clock } from './clock.js';
import { Disk } from './disk.js';
import type { LiveFault, RestingFault, Scene } from './fault-kind.js';
import type { Figures } from './figures.js';
import { leftoversIn, processesWith, wrongEnd, zombiesOf } from './invariants.js';
import { Ledger } from './ledger.js';
import { memoryFaults } from './memory-faults.js';
import { portraitOf } from './portrait.js';
import { processFaults } from './process-faults.js';
import { liveStoreFaults, restingFaults } from './store-faults.js';

const liveFaults: readonly LiveFault[] = [...processFaults, ...liveStoreFaults, ...memoryFaults];

/** Milliseconds in which a campaign must begin, go on behind a fault, and end: longer than any watch of its own. */
const patience = { begin: 300_000, goOn: 120_000, end: 60_000 };
/** A Lean, and what a campaign on it fuzzes. */
export interface LaneLean {
  readonly lean: string;
  readonly level: 'kernel' | 'both';
}

/** Most milliseconds between two faults. */
const pauseMillis = 400;
/** MiB of the disk that can be filled. */
const diskSize = 48;

/** How a round's campaign is ended, if it has not ended itself. */
const ends = ['SIGINT', 'SIGINT', 'SIGTERM', 'SIGINT twice', 'SIGKILL'] as const;

/** A campaign that is resumed again and again, a round each, with faults before and while it runs. */
export class Lane {
  private readonly root = temporaryFolder();
  private readonly temporary = join(this.root, 'tmp');
  private readonly scene: Scene;
  /** Says of a process that it is one of this lane. */
  private readonly word = `${process.pid}-${this.root}`;
  private readonly ledger: Ledger;
  private round = 0;
  /** Faults of the round so far. */
  private faults: (LiveFault | RestingFault)[] = [];
  /** Faults of the round before that the files may still show. */
  private harmed: (LiveFault | RestingFault)[] = [];

  constructor(
    private readonly on: LaneLean,
    private readonly seed: number,
    private readonly figures: Figures,
  ) {
    const disk = Disk.make(join(this.root, 'disk'), diskSize);
    onTestFinished(() => disk.close());
    this.scene = {
      ...{ random: Random.of(seed), disk, clock: Clock.make(this.root) },
      ...{ campaign: join(disk.folder, 'campaign'), solutions: join(disk.folder, 'solutions') },
    };
    mkdirSync(this.temporary);
    this.ledger = new Ledger(this.scene.campaign, (text) => this.violated(text));
  }

  /** Faults at rest, a start, so many faults while it runs, an end; every invariant is looked at behind it. */
  async run(count: number): Promise<void> {
    const { random } = this.scene;
    this.harmed = this.faults.filter(({ harms }) => harms === 'database');
    this.faults = [];
    if (this.round++ > 0 && random.chance(0.6)) this.rest();
    const running = await this.start();
    if (running === undefined) return;
    const seen = new Set([running.pid]);
    const isOver = (): boolean => running.hasEnded;
    for (let left = count; left > 0 && !isOver(); left--) {
      running.family().all.forEach((pid) => seen.add(pid));
      const fault = this.draw(liveFaults);
      await new Promise((resolve) => setTimeout(resolve, random.below(pauseMillis)));
      if (isOver()) break;
      // Known before it is done: what the campaign does at once is of it.
      this.faults.push(fault);
      if (await fault.inject({ ...this.scene, running })) this.figures.injected(fault.name);
      else this.faults.pop();
    }
    await this.goOn(running);
    running.family().all.forEach((pid) => seen.add(pid));
    await this.end(running, seen);
  }

  // ---- faults

  private draw<Kind extends LiveFault | RestingFault>(kinds: readonly Kind[]): Kind {
    const { disk, clock, random } = this.scene;
    const possible = kinds.filter(
      ({ needs }) => needs === undefined || (needs === 'disk' ? disk.canFail : clock !== undefined),
    );
    const fault = possible[random.weighted(possible.map(({ weight }) => weight))];
    if (fault === undefined) throw new Error('no fault can be injected here');
    return fault;
  }

  private rest(): void {
    const fault = this.draw(restingFaults);
    if (!fault.inject(this.scene)) return;
    this.faults.push(fault);
    this.figures.injected(fault.name);
  }

  private harms(what: 'database' | 'counters'): boolean {
    return this.faults.some(({ harms }) => harms === what);
  }

  private mayEndWith(line: string): boolean {
    return [...this.harmed, ...this.faults].some(({ mayEnd }) => mayEnd?.test(line));
  }

  private violated(text: string): void {
    const names = this.faults.map(({ name }) => name).join(', ');
    this.figures.violated(`seed ${this.seed}, round ${this.round}: ${text} [${names}]`);
  }

  // ---- the way of a round

  private get environment(): NodeJS.ProcessEnv {
    return { ...this.scene.clock?.environment, TMPDIR: this.temporary, LEAN_FUZZ_TEST_LANE: this.word };
  }

  private launch(): Running {
    const { campaign, solutions } = this.scene;
    const args = [
      ...['--json', '--cores', '1', '--seed', String(this.seed), '--level', this.on.level],
      ...[
        '--coverage',
        'off',
        '--lean',
        this.on.lean,
        '--kernel-mutant',
        'positivity',
        '--minimize-time',
        '0s',
      ],
      ...['--campaign', campaign, '--solutions', solutions],
    ];
    return new Running(args, { environment: this.environment });
  }

  /** A campaign that runs; where its files were damaged, they are repaired before, or it begins anew. */
  private async start(): Promise<Running | undefined> {
    for (let tries = 0; tries < 3; tries++) {
      const running = this.launch();
      const hasBegun = (): boolean => (running.status?.tests ?? 0) > 0;
      await this.expect(running, 'it begins', patience.begin, () => running.hasEnded || hasBegun());
      if (!running.hasEnded && hasBegun()) return running;
      const isTooSlow = !running.hasEnded;
      running.kill('SIGKILL');
      const ended = await running.ended;
      if (isTooSlow) return undefined;
      wrongEnd(ended, false).forEach((text) => this.violated(text));
      if (!this.mayEndWith(ended.stderr)) this.violated(`it does not begin: ${ended.stderr}`);
      await this.repair();
    }
    this.violated('it does not begin, although it was repaired');
    return undefined;
  }

  private async repair(): Promise<void> {
    const { campaign } = this.scene;
    this.ledger.forget();
    if (!existsSync(campaign)) return this.figures.begunAnew();
    const repaired = await leanFuzz(['repair', campaign], { environment: this.environment });
    wrongEnd(repaired, false).forEach((text) => this.violated(`repair: ${text}`));
    if (repaired.code === 0) {
      if (!repaired.stdout.includes('nothing was changed')) this.figures.repaired();
      return;
    }
    rmSync(`${campaign}-lost`, { recursive: true, force: true });
    renameSync(campaign, `${campaign}-lost`);
    this.figures.begunAnew();
  }

  /** Behind all faults: it goes on, or has ended with a line that one of them allows. */
  private async goOn(running: Running): Promise<void> {
    const before = running.status;
    const isNew = (): boolean => {
      const { elapsedSeconds = 0, tests = 0 } = running.status ?? {};
      const hasWorked = this.harms('counters') || tests > (before?.tests ?? 0);
      return elapsedSeconds > (before?.elapsedSeconds ?? 0) + 1 && hasWorked;
    };
    await this.expect(running, 'it goes on', patience.goOn, () => running.hasEnded || isNew());
    if (running.hasEnded) {
      const { code, stderr } = await running.ended;
      if (!this.mayEndWith(stderr)) this.violated(`it ended itself with ${code}: ${stderr}`);
      return this.figures.endedInALine();
    }
    const parents = [running.pid, ...running.family().all];
    await this.expect(running, 'nobody is left unreaped', 10_000, () => zombiesOf(parents).length === 0);
  }

  private async end(running: Running, seen: ReadonlySet<number>): Promise<void> {
    const { random, campaign, solutions } = this.scene;
    const how = random.pick(ends);
    const isKilled = !running.hasEnded && how === 'SIGKILL';
    if (how === 'SIGINT twice') ['SIGINT', 'SIGINT'].forEach(() => running.kill('SIGINT'));
    else running.kill(how);
    await this.expect(running, `it ends behind ${how}`, patience.end, () => running.hasEnded);
    running.kill('SIGKILL');
    const ended = await running.ended;
    wrongEnd(ended, isKilled).forEach((text) => this.violated(text));
    const left = [...(await survivors([...seen], 5000)), ...processesWith(this.word)];
    if (left.length > 0) this.violated(`processes are left: ${left.join('; ')}`);
    const files = isKilled || this.harms('counters') ? [] : leftoversIn(this.temporary, campaign, solutions);
    if (files.length > 0) this.violated(`files are left: ${files.join(', ')}`);
    this.ledger.readLines(running.lines, this.harms('counters'));
    if (this.faults.every(({ needs, takesFolder }) => needs !== 'disk' && takesFolder !== true) && !isKilled)
      this.ledger.lookAtFolders();
    // Repaired even where it seems whole: damage that nobody noticed would be seen in every later round.
    if (this.harms('database') && existsSync(join(campaign, 'campaign.sqlite'))) await this.repair();
    else if (this.harms('database')) this.ledger.forget();
    else this.ledger.lookAtDatabase(this.harms('counters'));
    this.figures.roundDone();
  }

  /** Waits for what a campaign should do; where it does not, it is told what it is at. */
  private async expect(
    running: Running,
    what: string,
    millis: number,
    condition: () => boolean,
  ): Promise<void> {
    await eventually(what, condition, millis).catch((error: unknown) =>
      this.violated(`${String(error)}\n    ${portraitOf(running)}\n   `),
    );
  }
}

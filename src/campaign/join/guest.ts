import type { Socket } from 'node:net';
import type {
  CampaignListener,
  CampaignOptions,
  StopOnSolution,
  StopReason,
  Summary,
} from '../../api/campaign.js';
import { isNamed, type Named } from '../../options/named.js';
import { decodeFinding } from '../../share/entry-codec.js';
import { never, UserError } from '../../util/errors.js';
import { packageVersion } from '../../util/package.js';
import type { CampaignEnd } from '../campaign-end.js';
import type { Stop } from '../stop.js';
import { givenOptions } from './agreement.js';
import { LineChannel } from './line-channel.js';
import type { ToGuest, ToHost } from './protocol.js';

/** How often it is looked whether to leave. */
const roundMillis = 50;
/** How long a host may take to say anything at all; it says at once whether it is starting. */
const answerMillis = 15_000;
/** How long a host that was asked to let go at once may take; a machine with too much to do takes seconds. */
const atOnceMillis = 10_000;

/** Settings of a guest. */
export interface GuestSettings {
  readonly options: CampaignOptions;
  /** Those that are given have to be as the campaign's; the settings say what each terminal has of its own. */
  readonly named: Named;
  readonly folder: string;
}

/**
 * A guest's side of a campaign: takes part from when it is let in until it is time to go or the campaign ends.
 * UserError where it is refused, or the campaign fails or is killed. Undefined where the host went away before it let
 * the guest in.
 */
export function joinCampaign(
  socket: Socket,
  settings: GuestSettings,
  listener: CampaignListener,
  stop: Stop,
): Promise<CampaignEnd | undefined> {
  return new Guest(socket, settings, listener, stop).ended;
}

class Guest {
  readonly ended: Promise<CampaignEnd | undefined>;
  private readonly channel: LineChannel<ToHost, ToGuest>;
  private readonly startedAt = performance.now();
  private readonly rounds: NodeJS.Timeout;
  private acceptedAt: number | undefined;
  private stopOnSolution: StopOnSolution;
  private isAnswered = false;
  private awaited = false;
  /** The newest word to the host. */
  private leaving: { reason: StopReason; now: boolean; at: number } | undefined;
  private resolve!: (end: CampaignEnd | undefined) => void;
  private reject!: (error: Error) => void;

  constructor(
    socket: Socket,
    private readonly settings: GuestSettings,
    private readonly listener: CampaignListener,
    private readonly stop: Stop,
  ) {
    const { options, named } = settings;
    this.stopOnSolution = options.stopOnSolution;
    this.ended = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.channel = new LineChannel<ToHost, ToGuest>(
      socket,
      (message) => this.onMessage(message),
      () => this.onClose(),
    );
    this.rounds = setInterval(() => this.look(), roundMillis);
    this.channel.send({
      type: 'join',
      version: packageVersion,
      cores: options.cores,
      exactly: isNamed(named, 'cores'),
      given: givenOptions(options, named.given),
    });
  }

  private onMessage(message: ToGuest): void {
    this.isAnswered = true;
    switch (message.type) {
      case 'refused':
      case 'failed':
        return this.fail(new UserError(message.message, message.exitCode));
      case 'accepted':
        return this.onAccepted(message);
      case 'progress':
        return this.listener.progress?.(message.snapshot);
      case 'finding':
        return this.onFinding(message);
      case 'notice':
        return this.listener.notice?.(message.text);
      case 'finished':
        return this.onFinished(message.summary);
      default:
        return never(message);
    }
  }

  private onAccepted(message: Extract<ToGuest, { type: 'accepted' }>): void {
    const { campaignFolder, seed, lean, workers } = message;
    if (!isNamed(this.settings.named, 'stopOnSolution')) this.stopOnSolution = message.stopOnSolution;
    this.acceptedAt = performance.now();
    const bootSeconds = Math.round((this.acceptedAt - this.startedAt) / 100) / 10;
    this.listener.started?.({ campaignFolder, seed, lean, bootSeconds, joinedWorkers: workers });
  }

  private onFinding({ finding, folder, known }: Extract<ToGuest, { type: 'finding' }>): void {
    const decoded = decodeFinding(Buffer.from(finding, 'base64'));
    this.listener.finding?.(decoded, folder, known);
    const isNews = this.stopOnSolution === 'any' || (this.stopOnSolution === 'new' && known === undefined);
    this.awaited ||= isNews && decoded.verdict.kind === 'solution';
  }

  private onFinished(summary: Summary): void {
    clearInterval(this.rounds);
    this.listener.finished?.(summary);
    this.resolve({ summary, stopOnSolution: this.stopOnSolution });
  }

  /** After the last word this is the end of a conversation; before it, of the host. */
  private onClose(): void {
    clearInterval(this.rounds);
    if (this.acceptedAt === undefined) return this.resolve(undefined);
    this.fail(
      new UserError(`campaign ${this.settings.folder}: it was killed; start it again to go on with it`),
    );
  }

  /** Leaves when it is time to. */
  private look(): void {
    if (this.acceptedAt === undefined) return this.lookWhileWaiting();
    const now = this.stop.now.aborted;
    if (this.leaving === undefined || (now && !this.leaving.now)) {
      const reason = this.leaving?.reason ?? this.reasonToLeave(this.acceptedAt);
      if (reason === undefined) return;
      this.leaving = { reason, now, at: performance.now() };
      this.channel.send({ type: 'leave', reason, now });
    } else if (this.leaving.now && performance.now() - this.leaving.at > atOnceMillis) {
      this.fail(new UserError(`campaign ${this.settings.folder}: it does not answer`));
    }
  }

  private lookWhileWaiting(): void {
    const { folder } = this.settings;
    if (this.stop.signal.aborted) return this.fail(new UserError(stoppedWaiting(folder)));
    const silent = !this.isAnswered && performance.now() - this.startedAt > answerMillis;
    if (silent) this.fail(new UserError(`campaign ${folder}: it does not answer`));
  }

  private reasonToLeave(acceptedAt: number): StopReason | undefined {
    const { timeMillis } = this.settings.options;
    if (this.stop.signal.aborted) return 'signal';
    if (timeMillis !== undefined && performance.now() - acceptedAt >= timeMillis) return 'time';
    return this.awaited ? 'solution' : undefined;
  }

  private fail(error: Error): void {
    clearInterval(this.rounds);
    this.reject(error);
    this.channel.destroy();
  }
}

export function stoppedWaiting(folder: string): string {
  return `stopped while waiting for the campaign in ${folder}`;
}

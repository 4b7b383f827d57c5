import { createServer, type Server } from 'node:net';
import type { LeanIdentity } from '../../api/lean.js';
import type { CampaignListener, CampaignOptions, StopReason, Summary } from '../../api/campaign.js';
import { encodeFinding } from '../../share/entry-codec.js';
import type { Workdir } from '../../store/workdir.js';
import { ExitCode, invalid, messageOf, unusable, UserError } from '../../util/errors.js';
import { packageVersion } from '../../util/package.js';
import { contradiction } from './agreement.js';
import { GuestConnection } from './guest-connection.js';
import type { GuestWorkers } from './guest-workers.js';
import type { JoinRequest, ToGuest, ToHost } from './protocol.js';
import { SocketFolder } from './socket-folder.js';

/** The parts of a campaign that the host needs to admit guests. */
export interface OpenCampaign {
  readonly lean: LeanIdentity;
  /** How many workers could be started. */
  readonly freeWorkers: number;
  /** How many solutions were found so far. */
  readonly foundCount: number;
  /** Starts so many workers, or fewer where there are not so many free slots. */
  enter(count: number): GuestWorkers;
  /** The campaign at this moment, with the findings that came when there were `since` already. */
  /** Undefined where the campaign has just failed; it says so itself. */
  summary(stoppedBy: StopReason, since: number): Summary | undefined;
}

/** Where other terminals join a running campaign; protocol.ts tells what is said there. */
export class JoinHost {
  /** Passes on to all guests what the host's own terminal hears. */
  readonly listener: CampaignListener;
  private readonly guests = new Set<GuestConnection>();
  private readonly server: Server;
  /** From when guests can be let in until all is over. */
  private campaign: OpenCampaign | undefined;
  /** False when the campaign is about to end. */
  private isOpen = true;
  private folder: SocketFolder | undefined;

  private constructor(
    private readonly workdir: Workdir,
    private readonly options: CampaignOptions & { readonly seed: number },
    private readonly own: CampaignListener,
  ) {
    this.server = createServer((socket) => {
      this.guests.add(
        new GuestConnection(socket, {
          join: (guest, request) => this.onJoin(guest, request),
          leave: (guest, message) => void this.onLeave(guest, message),
          gone: (guest) => void this.onGone(guest),
        }),
      );
    });
    // An accept that fails, for want of descriptors say, is one guest less; open() hears of what is worse.
    this.server.on('error', () => undefined);
    this.listener = this.sharedListener();
  }

  /**
   * Listens in a folder whose lock this process holds. Where it can't (some file systems have no sockets), the campaign
   * goes on alone.
   */
  static async open(
    workdir: Workdir,
    options: CampaignOptions & { readonly seed: number },
    listener: CampaignListener,
  ): Promise<JoinHost> {
    const host = new JoinHost(workdir, options, listener);
    try {
      host.folder = new SocketFolder(workdir);
      await host.folder.listen(host.server);
    } catch (error) {
      listener.notice?.(`other terminals can't join this campaign: ${messageOf(error)}`);
    }
    return host;
  }

  /** From here on guests are let in, those that have waited first. */
  admit(campaign: OpenCampaign): void {
    this.campaign = campaign;
    for (const guest of this.guests) if (guest.request !== undefined) this.letIn(guest, guest.request);
  }

  /** From here on nobody is let in; who waits goes away and may find the folder free. Closing again does nothing. */
  close(): void {
    this.isOpen = false;
    this.server.close();
    this.folder?.removeSocket();
    this.folder?.close();
    this.folder = undefined;
    for (const guest of this.guests) if (guest.group === undefined) void guest.end();
  }

  /** Tells who is still there how it ended, and resolves when all connections have. */
  async end(failure?: unknown): Promise<void> {
    this.close();
    this.campaign = undefined;
    const exitCode = failure instanceof UserError ? failure.exitCode : ExitCode.unexpected;
    const message = failure === undefined ? undefined : messageOf(failure);
    const last: ToGuest | undefined =
      message === undefined ? undefined : { type: 'failed', message, exitCode };
    await Promise.all([...this.guests].map((guest) => guest.end(last)));
  }

  // ---- guests

  private onJoin(guest: GuestConnection, request: JoinRequest): void {
    const refusal =
      request.version === packageVersion
        ? contradiction(request.given, this.options)
        : unusable('lean-fuzz', request.version, `version ${packageVersion}, which runs the campaign`);
    if (refusal !== undefined) return this.refuse(guest, refusal);
    if (this.campaign !== undefined) return this.letIn(guest, request);
    guest.tell({ type: 'notice', text: 'the campaign is starting; this terminal joins when Lean is ready' });
  }

  private letIn(guest: GuestConnection, { cores, exactly }: JoinRequest): void {
    if (this.campaign === undefined || !this.isOpen) return;
    const { freeWorkers } = this.campaign;
    if (freeWorkers === 0)
      return this.refuse(guest, unusable('campaign', this.workdir.folder, 'one with free worker slots'));
    if (exactly && cores > freeWorkers)
      return this.refuse(
        guest,
        invalid('--cores', cores, `at most ${freeWorkers}, the campaign's free worker slots`),
      );
    const group = this.campaign.enter(cores);
    const { workers } = group;
    // Before the guest is accepted: it knows that it joined.
    this.listener.notice?.(`workers ${workers.join(', ')} joined from another terminal`);
    guest.group = group;
    guest.foundBefore = this.campaign.foundCount;
    guest.tell({
      type: 'accepted',
      campaignFolder: this.workdir.folder,
      seed: this.options.seed,
      lean: this.campaign.lean,
      stopOnSolution: this.options.stopOnSolution,
      workers,
    });
  }

  private refuse(guest: GuestConnection, { message, exitCode }: UserError): void {
    // It must not be let in later, while its connection ends.
    this.guests.delete(guest);
    void guest.end({ type: 'refused', message, exitCode });
  }

  private async onLeave(guest: GuestConnection, message: Extract<ToHost, { type: 'leave' }>): Promise<void> {
    await guest.group?.leave(message.now);
    const summary = this.campaign?.summary(message.reason, guest.foundBefore);
    // Without one the campaign has ended meanwhile, and said so.
    if (summary !== undefined) await guest.end({ type: 'finished', summary });
  }

  private async onGone(guest: GuestConnection): Promise<void> {
    this.guests.delete(guest);
    if (guest.group === undefined) return;
    await guest.group.leave(false);
    if (this.isOpen) this.listener.notice?.(`workers ${guest.group.workers.join(', ')} left`);
  }

  private sharedListener(): CampaignListener {
    const tell = (message: ToGuest): void => {
      for (const guest of this.guests) if (guest.group !== undefined) guest.tell(message);
    };
    return {
      started: (info) => this.own.started?.(info),
      booting: (step) => this.own.booting?.(step),
      progress: (snapshot) => {
        tell({ type: 'progress', snapshot });
        this.own.progress?.(snapshot);
      },
      finding: (finding, folder, known) => {
        tell({ type: 'finding', finding: encodeFinding(finding).toString('base64'), folder, known });
        this.own.finding?.(finding, folder, known);
      },
      notice: (text) => {
        tell({ type: 'notice', text });
        this.own.notice?.(text);
      },
      finished: (summary) => {
        for (const guest of this.guests) void guest.end({ type: 'finished', summary });
        this.own.finished?.(summary);
      },
    };
  }
}

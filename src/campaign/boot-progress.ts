import type { BootPhase, CampaignListener } from '../api/campaign.js';

/** The step that a boot is at, with times: told each time that one is announced; each phase is timed as a whole. */
export class BootProgress {
  private readonly done: BootPhase[] = [];
  private phase: string | undefined;
  private readonly startedAt: number;
  private phaseAt: number;

  constructor(
    private readonly listener: CampaignListener,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.startedAt = this.phaseAt = now();
  }

  /** Takes a step, as `phase: step`, or a step of a phase without a name. */
  readonly onStep = (announced: string): void => {
    if (announced === '') return;
    const at = announced.indexOf(': ');
    const phase = at < 0 ? 'booting Lean' : announced.slice(0, at);
    if (phase !== this.phase) this.enter(phase);
    const seconds = tenths(this.now() - this.startedAt);
    this.listener.booting?.({ phase, step: announced.slice(at < 0 ? 0 : at + 2), seconds });
  };

  /** The seconds that the boot took, in all and by phase, now that it is over. */
  end(): { bootSeconds: number; bootPhases: readonly BootPhase[] } {
    this.enter(undefined);
    return { bootSeconds: tenths(this.now() - this.startedAt), bootPhases: this.done };
  }

  private enter(phase: string | undefined): void {
    const now = this.now();
    if (this.phase !== undefined) this.done.push({ phase: this.phase, seconds: tenths(now - this.phaseAt) });
    this.phase = phase;
    this.phaseAt = now;
  }
}

function tenths(millis: number): number {
  return Math.round(millis / 100) / 10;
}

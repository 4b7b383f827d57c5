import type { BootPhase, CampaignListener } from '../api/campaign.js';
import type { ZygoteStep } from '../execute/zygote/boot-step.js';

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

  readonly onStep = ({ phase, step }: ZygoteStep): void => {
    if (phase !== this.phase) this.enter(phase);
    const seconds = tenths(this.now() - this.startedAt);
    this.listener.booting?.({ phase, step, seconds });
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

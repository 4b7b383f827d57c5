import type { CampaignListener, CampaignOptions } from '../../api/campaign.js';
import type { Finding } from '../../api/entries.js';
import { identityOf, type Lean, type LeanIdentity, type LeanLimits } from '../../api/lean.js';
import { limitsOf } from '../../execute/zygote/limits-of.js';
import type { ZygoteStep } from '../../execute/zygote/boot-step.js';
import type { ZygoteOptions } from '../../execute/zygote/zygote-options.js';
import type { LakeTarget } from '../../execute/lake/lake-commands.js';
import { missingFences } from '../../execute/lake/server-protocol.js';
import type { WrongAnswer } from '../../execute/native/trial.js';
import { findProgram } from '../../util/find-program.js';
import type { SharedRegion } from '../../share/region.js';
import { UserError } from '../../util/errors.js';
import { untilAborted } from '../../util/until-aborted.js';
import type { Stop } from '../stop.js';
import { NativeWitness } from './native-witness.js';
import { CrossChecks, versionOf } from './cross-checks.js';
import { LakeKeeper } from './lake-keeper.js';
import type { Watched } from './watchdog.js';
import { ZygoteKeeper } from './zygote-keeper.js';

/** Events by which a campaign hears of its target; all are called from the event loop. */
export interface TargetEvents {
  /** The campaign can't go on. */
  readonly failed: (error: Error) => void;
  /** The step that its boot is at. */
  readonly step?: (step: ZygoteStep) => void;
  /** Workers on the Lake target find its server there from now on. */
  readonly moved?: (target: LakeTarget) => void;
}

/** The target that candidates run on, seen from the primary. */
export interface TargetHost {
  readonly lean: LeanIdentity;
  /** Source level begins with our core library, not with Init. */
  readonly isCore: boolean;
  /** Limits of that Lean at one declaration; undefined on the Lake target, where its own settings hold. */
  readonly limits: LeanLimits | undefined;
  /** Settings for workers on the Lake target, as they are now; null on the embedded one. */
  readonly lake: LakeTarget | null;
  /**
   * Resolves when candidates can run, with what the Lean answered wrongly when it was tried; rejects with the
   * campaign's signal's reason where that is aborted.
   */
  boot(region: SharedRegion, events: TargetEvents): Promise<readonly WrongAnswer[]>;
  /** The process that candidates depend on, for whoever looks whether it goes on; undefined while there is none. */
  readonly watched: Watched | undefined;
  /** Prepares resources for so many workers, in the background. Workers share those that it can't prepare. */
  grow(workers: number): void;
  /**
   * Has a solution's folder cross-checked by a native toolchain, and a native Lean asked about what ended the embedded
   * one, in the background, where there is one.
   */
  crossCheck(finding: Finding, folder: string): void;
  /** Resolves when all that was handed to crossCheck() has its answer, or when the campaign is to end at once. */
  crossChecked(): Promise<void>;
  /** From here on a zygote that ends is not replaced: it sees that the campaign ends, and so do its executors. */
  leave(): void;
  stop(): Promise<void>;
}

/**
 * Starts what the campaign's target needs: a Lean that is forked, or, without one, Lake. UserError where it can't
 * serve.
 */
export function startTarget(
  options: CampaignOptions,
  lean: Lean | undefined,
  zygoteOptions: ZygoteOptions,
  listener: CampaignListener,
  stop: Stop,
): Promise<TargetHost> {
  return lean === undefined
    ? startLakeTarget(options, listener, stop)
    : Promise.resolve(forkedTarget(options, lean, zygoteOptions, listener, stop));
}

/** The identity of a Lean that runs behind a `lake`, read from its own description. */
function leanBehind(lake: string, toolchain: string): LeanIdentity {
  const githash = /commit ([0-9a-f]{40})/.exec(toolchain)?.[1] ?? 'unknown';
  return {
    ...{ kind: 'native', name: lake, version: versionOf(toolchain), githash },
    ...{ path: findProgram(lake) ?? lake, hash: 'unknown' },
  };
}

async function startLakeTarget(
  options: CampaignOptions,
  listener: CampaignListener,
  { signal }: Stop,
): Promise<TargetHost> {
  let hears: TargetEvents | undefined;
  const events = {
    notice: (text: string): void => listener.notice?.(text),
    moved: (target: LakeTarget): void => hears?.moved?.(target),
    failed: (error: Error): void => hears?.failed(error),
  };
  const { jobMillis, cores } = options;
  const keeper = await LakeKeeper.start(options, jobMillis, cores, events, signal).catch((error: unknown) => {
    throw signal.aborted ? new UserError('stopped while the template was being built') : error;
  });
  for (const missing of missingFences(keeper.current.server.options)) listener.notice?.(`fence: ${missing}`);
  return {
    lean: leanBehind(options.lake, keeper.current.toolchain),
    isCore: false,
    limits: undefined,
    get lake() {
      return keeper.current.target;
    },
    boot(_, events) {
      hears = events;
      return Promise.resolve([]);
    },
    get watched() {
      return keeper.watched;
    },
    grow: (workers) => keeper.grow(workers),
    crossCheck: () => undefined, // every solution of this target is one of the native toolchain
    crossChecked: () => Promise.resolve(),
    leave: () => undefined, // the template server ends when it is told to
    stop: () => keeper.stop(),
  };
}

function forkedTarget(
  options: CampaignOptions,
  lean: Lean,
  zygoteOptions: ZygoteOptions,
  listener: CampaignListener,
  stop: Stop,
): TargetHost {
  let zygote: ZygoteKeeper | undefined;
  const wanted = options.confirm && options.kernelMutant === undefined;
  const crossChecks =
    wanted && findProgram(options.lake) !== undefined
      ? new CrossChecks(options, (text) => listener.notice?.(text))
      : undefined;
  const witness =
    wanted && lean.kind === 'embedded'
      ? new NativeWitness(lean, (text) => listener.notice?.(text))
      : undefined;
  return {
    lean: identityOf(lean),
    isCore: zygoteOptions.imports?.isCore === true,
    limits: limitsOf(zygoteOptions.native?.kind ?? 'embedded', zygoteOptions),
    lake: null,
    async boot(region, { failed, step }) {
      const onReplaced = (): void => listener.notice?.('the zygote ended and is being replaced');
      const wrong: WrongAnswer[] = [];
      const events = {
        onWrong: (answer: WrongAnswer): unknown => wrong.push(answer),
        onStep: (at: ZygoteStep): void => step?.(at),
      };
      zygote = await ZygoteKeeper.start(region, zygoteOptions, onReplaced, failed, events, stop.signal);
      return wrong;
    },
    get watched() {
      return zygote?.watched;
    },
    grow: () => undefined, // the zygote forks for whoever asks
    crossCheck(finding, folder) {
      if (finding.verdict.kind === 'solution') crossChecks?.add(folder);
      else if (NativeWitness.isFor(finding)) witness?.add(finding, folder);
    },
    async crossChecked() {
      const answered = Promise.all([crossChecks?.answered(), witness?.answered()]);
      await untilAborted(answered, stop.now).catch(() => undefined);
    },
    leave: () => zygote?.leave(),
    async stop() {
      await zygote?.stop();
      witness?.stop();
      await crossChecks?.stop();
    },
  };
}

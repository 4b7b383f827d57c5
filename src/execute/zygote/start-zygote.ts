import { workerSlot } from '../../share/layout.js';
import type { SharedRegion } from '../../share/region.js';
import { UserError } from '../../util/errors.js';
import { defaultLimits, ExecutorClient } from '../client/executor-client.js';
import type { ZygoteStep } from './boot-step.js';
import { ZygoteProcess } from './zygote-process.js';
import type { ZygoteOptions } from './zygote-options.js';
import { untilAborted } from '../../util/until-aborted.js';
import { whatSourceGarbles } from '../native/source-trial.js';
import { tryLean, type WrongAnswer } from '../native/trial.js';

/** Milliseconds that one question may take when a native Lean is tried. */
const trialMillis = 5000;

/** Hears of what is seen while a Lean gets ready. */
export interface BootEvents {
  /** An answer of a native Lean that is not what the rules of the kernel say. */
  onWrong?(answer: WrongAnswer): void;
  /** The step that the boot is at, again and again. */
  onStep?(step: ZygoteStep): void;
}

/**
 * Starts a zygote in a region that nobody uses yet, and tries a native Lean before anything is made of what it says:
 * aside, where the region has room for that, for workers may ask for their first executors meanwhile. UserError (78)
 * where it can't serve, the signal's reason where that is aborted.
 */
export async function startZygote(
  region: SharedRegion,
  options: ZygoteOptions,
  events: BootEvents = {},
  signal?: AbortSignal,
): Promise<ZygoteProcess> {
  const number = region.asideOf(0) ?? 0;
  if (region.load(region.slot(number) + workerSlot.executor_wanted) !== 0)
    throw new Error('a Lean is to be tried in a region that workers use already');
  const zygote = await ZygoteProcess.start(region, options, {
    signal,
    onStep: (step) => events.onStep?.(step),
  });
  const { native } = options;
  // A planted bug is there to give wrong answers.
  if (native === undefined || options.patch !== undefined || options.isBare === true) return zygote;
  try {
    const executor = new ExecutorClient(region, number, { ...defaultLimits, jobMillis: trialMillis });
    const tried = executor.replace().then(() => tryLean(executor));
    const trial = await untilAborted(zygote.whileServing('it was tried', tried), signal);
    if (!trial.fits) {
      const { name, version } = native;
      throw new UserError(`native Lean (${name}, ${version}): not called as it wants to be: ${trial.why}`);
    }
    if (options.imports !== undefined) {
      const why = await untilAborted(whatSourceGarbles(executor), signal);
      if (why !== undefined)
        throw new UserError(
          `native Lean (${native.name}, ${native.version}): source level is not called as it wants to be: ${why}; --level kernel runs without it`,
        );
    }
    region.endExecutor(number);
    trial.wrong.forEach((answer) => events.onWrong?.(answer));
    return zygote;
  } catch (error) {
    await zygote.kill();
    throw error;
  }
}

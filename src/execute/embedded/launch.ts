import { endingWithThis } from '../../native/addon.js';
import { unusable } from '../../util/errors.js';
import { entryPoint } from '../../util/package.js';
import { bytesOfJobs } from './warm-up-input.js';
import type { ZygoteLaunch } from '../zygote/zygote-launch.js';
import type { ZygoteOptions } from '../zygote/zygote-options.js';

/** KiB of native stack: V8 gets 7,000 of it, about what Lean's main thread has natively; the rest is for C++. */
const nativeStackKiB = 27_000;
const stackLimitRefused = 97;

/**
 * --liftoff-only: functions that prove hot would be optimised on a background thread for the first half minute, and a
 * process with a busy thread can't be forked safely. Compilation hints name the functions that are optimised when
 * they are first called instead, on the main thread; see prepare.ts.
 */
export const nodeFlags: readonly string[] = [
  '--single-threaded',
  '--v8-pool-size=0',
  '--stack-size=7000',
  '--wasm-lazy-validation',
  '--liftoff-only',
  '--experimental-wasm-compilation-hints',
];

/** How the zygote of the embedded Lean is started. */
export function launchEmbedded({ warmUp, ...options }: ZygoteOptions): ZygoteLaunch {
  const main = 'execute/embedded/zygote-main.js';
  return {
    ...embeddedProcess(main, JSON.stringify(options), String(process.pid)),
    ...(warmUp === undefined ? {} : { input: () => bytesOfJobs(warmUp()) }),
    // Node's words about its end are not for the user, but for the last line.
    catchesOutput: true,
  };
}

/** How a process that boots the embedded Lean is started: Node, with a stack that deep terms need. */
export function embeddedProcess(
  main: string,
  ...args: readonly string[]
): ZygoteLaunch & { readonly exits: ReadonlyMap<number, Error> } {
  const script = `ulimit -s ${nativeStackKiB} 2>/dev/null || exit ${stackLimitRefused}; exec "$@"`;
  const node = [process.execPath, ...nodeFlags, entryPoint(main), ...args];
  const noStack = unusable('stack limit (ulimit -s)', 'a lower hard limit', `at least ${nativeStackKiB} KiB`);
  return {
    what: 'embedded Lean',
    command: endingWithThis('sh', '-c', script, 'sh', ...node),
    exits: new Map([[stackLimitRefused, noStack]]),
  };
}

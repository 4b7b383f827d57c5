import type { LeanIdentity } from '../../api/lean.js';
import { limitsOf } from '../../execute/zygote/limits-of.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../../execute/zygote/zygote-options.js';
import type { FindingFile } from '../../store/finding-files.js';

/** MiB that a command gives an executor at most, whatever a finding says. */
const mostMemoryMiB = 2048;
const mostOfAWord = 2 ** 32 - 1;

/** Limits of a Lean's work on a declaration. */
export type WorkLimits = Required<
  Pick<ZygoteOptions, 'kernelHeartbeats' | 'maxHeartbeats' | 'maxRecDepth' | 'memoryLimitMiB'>
>;

/**
 * Limits of a Lean that is asked again about a finding: the same as when it was found, for another bound may be another
 * answer. A Lean of the other kind has its own count of heartbeats, and the limit of them that campaigns give it. None
 * for a finding that does not say its limits: then the command's own hold.
 */
export function limitsOfFinding(
  { limits, lean: found }: Pick<FindingFile, 'limits' | 'lean'>,
  lean: Pick<LeanIdentity, 'kind'>,
): Partial<WorkLimits> {
  if (limits === undefined) return {};
  const word = (count: number): number => Math.min(count, mostOfAWord);
  return {
    kernelHeartbeats: found?.kind === lean.kind ? word(limits.kernelHeartbeats) : heartbeatsOf(lean),
    maxHeartbeats: word(limits.maxHeartbeats),
    maxRecDepth: word(limits.maxRecDepth),
    memoryLimitMiB: Math.min(limits.memoryMiB, mostMemoryMiB),
  };
}

/** Limits of a campaign's Lean, for commands that run its corpus again. */
export function limitsOfCampaign(lean: Pick<LeanIdentity, 'kind'>, memoryLimitMiB?: unknown): WorkLimits {
  const { maxHeartbeats, maxRecDepth, memoryLimitMiB: byDefault } = defaultZygoteOptions;
  return {
    ...{ kernelHeartbeats: heartbeatsOf(lean), maxHeartbeats, maxRecDepth },
    memoryLimitMiB: typeof memoryLimitMiB === 'number' ? Math.min(memoryLimitMiB, mostMemoryMiB) : byDefault,
  };
}

/** The limit of heartbeats that campaigns have on a Lean of a kind. */
function heartbeatsOf({ kind }: Pick<LeanIdentity, 'kind'>): number {
  return limitsOf(kind, defaultZygoteOptions).kernelHeartbeats;
}

/** The phases of the embedded Lean's boot; a native one has a single phase. */
const phases = ['preparing Lean', 'booting Lean', 'warming up'] as const;
export type Phase = (typeof phases)[number];

/** A step of a boot. */
export interface ZygoteStep {
  readonly phase: Phase;
  readonly step: string;
}

/** A step as the zygote's message in the region has it, and as errors print it. */
export function messageOfStep({ phase, step }: ZygoteStep): string {
  return `${phase}: ${step}`;
}

/** The step of a message; what a native Lean's zygote says names no phase. Undefined before the first. */
export function stepOfMessage(message: string): ZygoteStep | undefined {
  if (message === '') return undefined;
  const phase = phases.find((one) => message.startsWith(`${one}: `));
  if (phase === undefined) return { phase: 'booting Lean', step: message };
  return { phase, step: message.slice(phase.length + 2) };
}

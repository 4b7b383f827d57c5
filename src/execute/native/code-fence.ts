import { leanHostPath } from '../../native/addon.js';

/** Whether a thing that is out of bounds for code of candidates is possible behind the fence all the same. */
export interface FenceTrial {
  readonly what: string;
  readonly isPossible: boolean;
}

/**
 * Tries the fence of source level on a native Lean in a process of its own; undefined where there is none to be had.
 */
export async function tryCodeFence(): Promise<FenceTrial[] | undefined> {
  // Most commands start no program, and this is a large part of what they would load.
  const { execa } = await import('execa');
  const { stdout, failed } = await execa(leanHostPath(), ['--try-fence'], { reject: false, timeout: 10_000 });
  if (failed) return undefined;
  return stdout.split('\n').map((line) => {
    const [what = '', answer = ''] = line.split(': ');
    return { what, isPossible: answer === 'possible' };
  });
}

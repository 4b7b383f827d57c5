import { fileURLToPath } from 'node:url';
import { nodeFlags } from '../src/execute/embedded/launch.js';
import { start } from './cleanup.js';

/** Milliseconds of the steps of one Lean process, in order. */
export interface BootSteps {
  readonly prepare: number;
  /** Instantiating the module, initialising Lean, importing Init. */
  readonly boot: number;
  /** 0 where it was left out. */
  readonly warmUp: number;
  /** One prefix and one suffix. */
  readonly test: number;
}

/** The native stack that Lean needs; see src/execute/embedded/launch.ts. */
const script = 'ulimit -s 27000 && exec "$@"';

/** Runs test number `run` in a Lean process of its own, which ends behind it; returns its steps. */
export async function runSingleLean(run: number, warm: boolean): Promise<BootSteps> {
  const main = fileURLToPath(new URL('./children/single-lean.js', import.meta.url));
  const command = [process.execPath, ...nodeFlags, main, String(run), warm ? 'warm' : 'cold'];
  const child = start('sh', ['-c', script, 'sh', ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`a Lean process ended with status ${String(code)}`);
  return JSON.parse(output) as BootSteps;
}

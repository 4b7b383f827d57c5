import { main } from '../../src/cli/main.js';
import { captured } from './captured.js';

/** The output and exit code of a command line, run in this process; the code does not become that of the tests. */
export async function printed(...args: string[]): Promise<{ out: string; error: string; code: unknown }> {
  try {
    const said = await captured(() => main(['node', 'lean-fuzz', ...args]));
    return { ...said, code: process.exitCode };
  } finally {
    process.exitCode = undefined;
  }
}

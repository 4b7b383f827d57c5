import { main } from '../../src/cli/main.js';
import { captured } from './captured.js';

/** What a command line prints in this process, and its exit code, which does not become that of the tests. */
export async function printed(...args: string[]): Promise<{ out: string; error: string; code: unknown }> {
  try {
    const said = await captured(() => main(['node', 'lean-fuzz', ...args]));
    return { ...said, code: process.exitCode };
  } finally {
    process.exitCode = undefined;
  }
}

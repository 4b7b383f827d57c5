import { vi } from 'vitest';
import { main } from '../../src/cli/main.js';

/** What a command line prints in this process, and its exit code, which does not become that of the tests. */
export async function printed(...args: string[]): Promise<{ out: string; error: string; code: unknown }> {
  const said = { out: '', error: '' };
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => ((said.out += String(text)), true));
  const complain = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => ((said.error += String(text)), true));
  try {
    await main(['node', 'lean-fuzz', ...args]);
    return { ...said, code: process.exitCode };
  } finally {
    process.exitCode = undefined;
    write.mockRestore();
    complain.mockRestore();
  }
}

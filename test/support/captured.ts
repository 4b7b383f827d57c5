import { vi } from 'vitest';

/** All that this process writes while an action runs, by its streams; it goes no further. */
export async function captured(action: () => unknown): Promise<{ out: string; error: string }> {
  const said = { out: '', error: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said.out += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said.error += String(text)), true)),
  ];
  try {
    await action();
    return said;
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

import { describe, expect, it } from 'vitest';
import { baseEnvironment } from '../../../src/kernel/base-environment.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { faithful, strict, type Mode } from '../../../src/kernel/mode.js';
import { kernelCases } from '../../support/kernel-cases/all.js';
import type { KernelCase } from '../../support/kernel-cases/case.js';

/** The answer of a mode to the last declaration; the ones before must be accepted, or the text names the refusal. */
function verdict(mode: Mode, { declarations }: KernelCase): string {
  const kernel = new Kernel(mode, { environment: baseEnvironment, steps: 100_000 });
  const answers = declarations.map((declaration) => kernel.add(declaration));
  const before = answers.slice(0, -1).find((answer) => answer.kind !== 'accepts');
  return before === undefined ? (answers.at(-1)?.kind ?? '') : `before it: ${JSON.stringify(before)}`;
}

describe('the kernel', () => {
  it.each(kernelCases.map((one) => [one.name, one] as const))('on %s', (_, one) => {
    expect({
      strict: verdict(strict, one),
      old: verdict(faithful('4.28.0'), one),
      recent: verdict(faithful('4.35.0'), one),
    }).toEqual({ strict: one.strict, old: one.old, recent: one.recent });
  });

  it('knows each rule by an accepted and a rejected neighbour', () => {
    expect(kernelCases.length).toBeGreaterThan(150);
    expect(new Set(kernelCases.map(({ name }) => name)).size).toBe(kernelCases.length);
  });
});

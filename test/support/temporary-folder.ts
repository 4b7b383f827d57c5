import * as tmp from 'tmp';
import { onTestFinished } from 'vitest';

/** A new empty folder that goes away when the test that asked for it ends. */
export function temporaryFolder(): string {
  const { name, removeCallback } = tmp.dirSync({ unsafeCleanup: true, prefix: 'lean-fuzz-test' });
  onTestFinished(() => removeCallback());
  return name;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { findProgram } from '../../src/util/find-program.js';
import { packageRoot } from '../../src/util/package.js';

/** The programs of a native toolchain, as tests get at them. */
export interface Toolchain {
  /** Whether these are the stand-ins of test/fixtures, which run the embedded Lean and are not Lake. */
  readonly standIn: boolean;
  /** Variables under which the program finds lake. */
  readonly environment: NodeJS.ProcessEnv;
  /** Options that name the checkers. */
  readonly checkers: readonly string[];
}

/**
 * The toolchain on the PATH with the checkers of the environment where there is one, otherwise the stand-ins; they end
 * with the test file. Copies go below `store`, where the stand-ins look for work.
 */
export async function toolchain(): Promise<Toolchain> {
  if (findProgram('lake') !== undefined) return { standIn: false, environment: {}, checkers: [] };
  const server = join(packageRoot, 'test/fixtures/stand-ins/lean-server.mjs');
  const child = spawn(process.execPath, [server, '/dev/shm', tmpdir()], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  afterAll(() => void child.stdin.end());
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const folder = line.toString().trim();
  return {
    standIn: true,
    environment: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    checkers: ['--comparator', join(folder, 'comparator'), '--safeverify', join(folder, 'safe_verify')],
  };
}

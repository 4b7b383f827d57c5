import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { Snapshot, Summary } from '../../src/api/campaign.js';
import { packageRoot } from '../../src/util/package.js';
import { commandOf, descendantsOf } from './processes.js';

/** The program as a user starts it. */
export const program = join(packageRoot, 'bin', 'lean-fuzz.js');

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How the program is started, where it matters. */
export interface StartOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Default: the one of this checkout. */
  readonly program?: string;
  /** Words before it that run it in their own process, such as `ip netns exec NAME`. Default: none. */
  readonly within?: readonly string[];
}

/** A line of --json. */
export type JsonLine = { readonly type: string } & Record<string, unknown>;

/** A running lean-fuzz whose output is collected; whatever happens, it ends with the test. */
export class Running {
  readonly ended: Promise<Ended>;
  readonly lines: JsonLine[] = [];
  private stdout = '';
  private stderr = '';
  private readonly process: ChildProcess;

  constructor(args: readonly string[], options: StartOptions = {}) {
    const command = [...(options.within ?? []), process.execPath, options.program ?? program, ...args];
    const child = spawn(command[0] ?? '', command.slice(1), {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stderr.on('data', (data: Buffer) => (this.stderr += data.toString()));
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.stdout += `${line}\n`;
      if (line.startsWith('{')) this.lines.push(JSON.parse(line) as JsonLine);
    });
    this.ended = new Promise((resolve) =>
      child.on('close', (code, signal) =>
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }),
      ),
    );
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** The newest status line of --json. */
  get status(): Snapshot | undefined {
    return this.lines.findLast(({ type }) => type === 'status') as unknown as Snapshot | undefined;
  }

  /** Every living process that it started, by what it is. */
  family(): Record<'workers' | 'zygote' | 'executors' | 'templateServers' | 'all', number[]> {
    const all = descendantsOf(this.pid);
    const isZygote = (pid: number): boolean => /zygote-main|lean_fuzz_lean_host/.test(commandOf(pid));
    const workers = all.filter(({ pid }) => commandOf(pid).includes('worker-main'));
    const zygote = all.filter(({ pid, parent }) => isZygote(pid) && parent === this.pid);
    // An executor is a fork of the zygote: it has the same command line.
    const executors = all.filter(({ pid, parent }) => isZygote(pid) && parent !== this.pid);
    const pids = (list: { pid: number }[]): number[] => list.map(({ pid }) => pid);
    const templateServers = all.filter(
      ({ pid, parent }) => parent === this.pid && commandOf(pid).includes('lean_fuzz_template_server'),
    );
    return {
      workers: pids(workers),
      zygote: pids(zygote),
      executors: pids(executors),
      templateServers: pids(templateServers),
      all: pids(all),
    };
  }
}

/** Runs the program to its end. */
export function leanFuzz(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  return new Running(args, options).ended;
}

/** The summary that a campaign printed last; an Error with its words where there is none. */
export function summaryOf({ stdout, stderr, code }: Ended): Summary {
  const last = stdout.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{"type":"summary"')) throw new Error(`status ${code}, no summary: ${last} ${stderr}`);
  return JSON.parse(last) as Summary;
}

/** A line of trace.ndjson, as far as tests read it. */
export interface TraceLine {
  readonly run: number;
  readonly id: string;
  readonly parents: readonly string[];
  readonly verdict: string;
}

export function traceOf(campaign: string): TraceLine[] {
  const text = readFileSync(join(campaign, 'trace.ndjson'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TraceLine);
}

/** A row of the corpus table. */
export interface CorpusRow {
  readonly id: string;
  readonly worker: number;
  readonly parents: readonly string[];
}

export function corpusOf(campaign: string): CorpusRow[] {
  const database = new Database(join(campaign, 'campaign.sqlite'), { readonly: true });
  try {
    const rows = database.prepare('SELECT id, worker, parents FROM corpus').all() as (Omit<
      CorpusRow,
      'parents'
    > & { parents: string })[];
    return rows.map((row) => ({ ...row, parents: row.parents.split(' ').filter((id) => id !== '') }));
  } finally {
    database.close();
  }
}

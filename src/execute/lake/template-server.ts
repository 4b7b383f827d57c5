import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { addon, templateServerPath } from '../../native/addon.js';
import { MalformedBytes } from '../../util/bytes.js';
import { UserError, unusable } from '../../util/errors.js';
import { unlessLost } from '../../util/process-state.js';
import { endsWithin } from '../../util/until-aborted.js';
import {
  allFencesBut,
  protocolVersion,
  readStartMessage,
  type Fence,
  type ServerOptions,
  type StartMessage,
} from './server-protocol.js';
import { TemplateClient } from './template-client.js';

/** Milliseconds in which a server ends that is told to. */
const stopMillis = 10_000;
/** The same for one that did not start in time. */
const lostMillis = 2_000;

/** How a template server is started. */
export interface TemplateServerSettings {
  /** The user's Lake project; it is read once and never written to. */
  readonly template: string;
  /** How many copies will be asked for: room is looked for accordingly. */
  readonly copies: number;
  /** Folders for the copies; the first with room that can be had is taken. Default: shared memory, then the temporary folder. */
  readonly stores?: readonly string[];
  /** Fences to do without, although the machine has them. Default: none. */
  readonly without?: readonly Fence[];
}

/** The process of the template server, seen from the primary. It ends when its standard input does. */
export class TemplateServer {
  private constructor(
    private readonly running: Running,
    readonly socketPath: string,
    readonly options: ServerOptions,
  ) {}

  /** Starts a server and waits until it serves. UserError (78) with the server's own words where it can't. */
  static async start(settings: TemplateServerSettings): Promise<TemplateServer> {
    const stores = settings.stores ?? defaultStores();
    const { template, copies, without = [] } = settings;
    const running = startServer([template, String(copies), String(allFencesBut(without)), ...stores]);
    const started = { what: 'template server', doing: 'copying the template', pid: running.child.pid ?? 0 };
    const message = await unlessLost(started, startMessageOf(running)).catch(async (error: unknown) => {
      await endServer(running, lostMillis);
      throw error;
    });
    if (message.problem !== null) throw new UserError(`template server: ${message.problem}`);
    return new TemplateServer(running, message.socketPath, message.options);
  }

  get pid(): number {
    return this.running.child.pid ?? 0;
  }

  /** Resolves when it has ended. */
  get exited(): Promise<unknown> {
    return this.running.exited;
  }

  /** Has copies of the built template made, until there are so many. */
  async seal(copies: number): Promise<void> {
    const client = await TemplateClient.connect(this.socketPath);
    try {
      await client.seal(copies);
    } finally {
      client.close();
    }
  }

  /** Asks the server how it is; resolves when it has answered. */
  async answers(): Promise<void> {
    const client = await TemplateClient.connect(this.socketPath);
    try {
      await client.status();
    } finally {
      client.close();
    }
  }

  /** Ends the server, all that runs in its copies, and the copies; one that does not end of itself is killed. */
  async stop(): Promise<void> {
    await endServer(this.running, stopMillis);
  }

  /** Kills it. What runs in its copies dies with it; the copies stay until the next server clears them away. */
  end(): void {
    this.running.child.kill('SIGKILL');
  }
}

/** The fences that this machine offers for commands. */
export async function probeFences(): Promise<ServerOptions> {
  return (await startMessageOf(startServer(['--probe']))).options;
}

function defaultStores(): string[] {
  return [...(existsSync('/dev/shm') ? ['/dev/shm'] : []), tmpdir()];
}

/** A server's process, and when it has ended. */
interface Running {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
}

function startServer(args: readonly string[]): Running {
  const child = spawn(templateServerPath(), [...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  // One that is stopped then must go on, to take its copies away.
  if (child.pid !== undefined) addon().continueAtSecondSignal(child.pid);
  return { child, exited: once(child, 'exit') };
}

/** Has a server end, which takes its copies away; also one that somebody has stopped. After so long it is killed. */
async function endServer({ child, exited }: Running, millis: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.stdin?.end();
  child.kill('SIGCONT');
  if (!(await endsWithin(exited, millis))) child.kill('SIGKILL');
  await exited;
}

async function startMessageOf({ child, exited }: Running): Promise<StartMessage> {
  if (child.stdout === null) throw new Error('no pipe');
  let bytes: Uint8Array = Buffer.alloc(0);
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) bytes = Buffer.concat([bytes, chunk]);
  let message: StartMessage | undefined;
  try {
    message = readStartMessage(bytes);
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
  }
  if (message?.version !== protocolVersion) {
    child.kill('SIGKILL');
    await exited;
    throw unusable(
      'template server',
      message === undefined ? `${bytes.length} bytes without sense` : `version ${message.version}`,
      `version ${protocolVersion}; build it again with "npm run build:addon"`,
    );
  }
  return message;
}

/** The template server's protocol, as native/README.md tells it: the one place that knows its bytes. */
import { ByteReader, ByteWriter } from '../../util/bytes.js';

const startMagic = 0x5354464c;
export const protocolVersion = 1;

/** Bits of the option word: what the machine gives. */
const optionBits = {
  reflink: 1,
  inMemory: 2,
  landlock: 4,
  signalScope: 8,
  noNetwork: 16,
  pidNamespace: 32,
} as const;
export type ServerOptions = Readonly<Record<keyof typeof optionBits, boolean>>;

function readOptions(word: number): ServerOptions {
  const entries = Object.entries(optionBits).map(([name, bit]) => [name, (word & bit) !== 0]);
  return Object.fromEntries(entries) as ServerOptions;
}

/** The fences that a server may be told to do without. */
export type Fence = 'landlock' | 'noNetwork' | 'pidNamespace';

/** The option bits of all fences but some. */
export function allFencesBut(left: readonly Fence[]): number {
  return left.reduce((word, name) => word - optionBits[name], 2 ** 32 - 1);
}

/** The parts of the fence that this machine does not give, in words; empty where all are there. */
export function missingFences(options: ServerOptions): string[] {
  const fences: readonly (readonly [keyof ServerOptions, string])[] = [
    ['landlock', 'no Landlock: what runs may write outside of its copy'],
    ['signalScope', 'no Landlock 6: what runs may signal other processes of this user'],
    ['noNetwork', 'no seccomp filter: what runs may use the network and all calls of the system'],
    ['pidNamespace', 'no PID namespace: processes are found and ended one by one'],
  ];
  return fences.filter(([name]) => !options[name]).map(([, text]) => text);
}

/** The server's message at its start. */
export interface StartMessage {
  readonly version: number;
  readonly options: ServerOptions;
  /** Null where the server serves; otherwise why it does not. */
  readonly problem: string | null;
  readonly socketPath: string;
}

/** Throws MalformedBytes for a message that is cut short, and undefined for one of another program. */
export function readStartMessage(bytes: Uint8Array): StartMessage | undefined {
  const from = new ByteReader(bytes);
  if (from.u32() !== startMagic) return undefined;
  const version = from.u32();
  const options = readOptions(from.u32());
  const failed = from.u32() !== 0;
  const text = from.string();
  return { version, options, problem: failed ? text : null, socketPath: failed ? '' : text };
}

const kinds = { take: 1, write: 2, run: 3, giveBack: 4, seal: 5, status: 6 } as const;

/** A request as bytes, without the length in front of it. */
export function request(kind: keyof typeof kinds, fill: (out: ByteWriter) => void = () => undefined): Buffer {
  const out = new ByteWriter().u32(kinds[kind]);
  fill(out);
  return Buffer.from(out.bytes());
}

/** Limits of a command; 0 is no limit. */
export interface CommandLimits {
  readonly wallMillis: number;
  readonly cpuSeconds: number;
  readonly processes: number;
  /** Bytes that are kept of each output; everything is counted. */
  readonly outputBytes: number;
  readonly addressBytes: number;
  readonly fileBytes: number;
  /** Bytes on disk that a copy may grow by. */
  readonly copyBytes: number;
}

export interface Command {
  readonly arguments: readonly string[];
  /** The whole environment: nothing else is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: CommandLimits;
  /** Leave the network open; only for the user's own template. */
  readonly network?: boolean;
}

export function writeCommand(out: ByteWriter, command: Command): void {
  const { limits, environment } = command;
  out.list(command.arguments, (text) => out.string(text));
  out.list(Object.entries(environment), ([name, value]) => out.string(`${name}=${value}`));
  out.u32(limits.wallMillis).u32(limits.cpuSeconds).u32(limits.processes).u32(limits.outputBytes);
  for (const wide of [limits.addressBytes, limits.fileBytes, limits.copyBytes]) {
    out.u32(wide % 2 ** 32).u32(Math.floor(wide / 2 ** 32));
  }
  out.u32(command.network === true ? 1 : 0);
}

/** How a command ended; the order is the protocol's. */
const endings = [
  'exited',
  'signalled',
  'wall-clock',
  'disk-full',
  'processes',
  'not-started',
  'lost',
] as const;
export type Ending = (typeof endings)[number];

export interface CommandResult {
  readonly ending: Ending;
  /** Exit status, signal, or errno of what could not be started. */
  readonly code: number;
  /** For `not-started`: what failed. */
  readonly message: string;
  readonly wallMicros: number;
  readonly userMicros: number;
  readonly systemMicros: number;
  readonly maxResidentKiB: number;
  /** Bytes that were written; more than what was kept where the limit cut. */
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function readResult(from: ByteReader): CommandResult {
  const wide = (): number => from.u32() + from.u32() * 2 ** 32;
  return {
    ending: endings[from.u32()] ?? 'lost',
    code: from.u32(),
    message: from.string(),
    wallMicros: wide(),
    userMicros: wide(),
    systemMicros: wide(),
    maxResidentKiB: wide(),
    stdoutBytes: wide(),
    stderrBytes: wide(),
    stdout: from.string(),
    stderr: from.string(),
  };
}

/** How the server's copies are. */
export interface ServerStatus {
  readonly ready: number;
  readonly lent: number;
  readonly abandoned: number;
  readonly restoring: number;
  readonly broken: number;
  /** Of the ready copies: the slowest last restore, and the longest last journal. */
  readonly restoreMicros: number;
  readonly journalEntries: number;
  readonly templateEntries: number;
  readonly templateBytes: number;
  /** Why the last restore that failed did. */
  readonly lastProblem: string;
}

export function readStatus(from: ByteReader): ServerStatus {
  return {
    ready: from.u32(),
    lent: from.u32(),
    abandoned: from.u32(),
    restoring: from.u32(),
    broken: from.u32(),
    restoreMicros: from.u32(),
    journalEntries: from.u32(),
    templateEntries: from.u32(),
    templateBytes: from.u32() + from.u32() * 2 ** 32,
    lastProblem: from.string(),
  };
}

/** How a command ended, in words. */
export function describeEnding({ ending, code, message, wallMicros }: CommandResult): string {
  switch (ending) {
    case 'exited':
      return `exit status ${code}`;
    case 'signalled':
      return `killed by signal ${code}`;
    case 'wall-clock':
      return `no end after ${Math.round(wallMicros / 1000)} ms`;
    case 'disk-full':
      return 'wrote more than its copy may hold';
    case 'processes':
      return `started more than ${code} processes`;
    case 'not-started':
      return `could not be started: ${message}, errno ${code}`;
    case 'lost':
      return 'its runner died';
  }
}

import { connect, type Socket } from 'node:net';
import { ByteReader } from '../../util/bytes.js';
import { UserError } from '../../util/errors.js';
import {
  readResult,
  readStatus,
  request,
  writeCommand,
  type Command,
  type CommandResult,
  type ServerStatus,
} from './server-protocol.js';

/** A copy of the template that a client holds. */
export interface LentCopy {
  /** The Lake project, as it was when the template was sealed. */
  readonly project: string;
  /** The folder for temporary files of what runs in it. */
  readonly temporary: string;
}

/** The server has gone, with the connection and the copy. */
export class ServerGone extends UserError {
  constructor(how: string) {
    super(`template server: ${how}`);
  }
}

interface Waiting {
  readonly resolve: (reply: ByteReader) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A connection to the template server. It holds at most one copy; when it ends, however it ends, the server ends what
 * runs in that copy and takes it back. Requests are answered in order.
 */
export class TemplateClient {
  private readonly waiting: Waiting[] = [];
  private received: Buffer = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.onData(chunk));
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => this.onClose());
  }

  static async connect(socketPath: string): Promise<TemplateClient> {
    const socket = connect(socketPath);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', (error) => reject(new ServerGone(error.message)));
    });
    return new TemplateClient(socket);
  }

  /** Lends a copy; before the template is sealed, the master that copies are made from. */
  async take(): Promise<LentCopy> {
    const reply = await this.ask(request('take'));
    return { project: reply.string(), temporary: reply.string() };
  }

  /** Writes a file of the held copy; missing folders on its way are made. */
  async write(path: string, text: string): Promise<void> {
    await this.ask(request('write', (out) => out.string(path).string(text)));
  }

  /** Runs a command in the held copy. Whatever it does is a result, not an error. */
  async run(command: Command): Promise<CommandResult> {
    return readResult(await this.ask(request('run', (out) => writeCommand(out, command))));
  }

  /** Gives the copy back, to be restored. */
  async giveBack(): Promise<void> {
    await this.ask(request('giveBack'));
  }

  /** Makes the master, as it is now, what copies are made from, and has them made. */
  async seal(copies: number): Promise<void> {
    await this.ask(request('seal', (out) => out.u32(copies)));
  }

  async status(): Promise<ServerStatus> {
    return readStatus(await this.ask(request('status')));
  }

  close(): void {
    this.socket.destroy();
  }

  private ask(bytes: Buffer): Promise<ByteReader> {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(new ServerGone('it has ended'));
      this.waiting.push({ resolve, reject });
      this.socket.write(Buffer.concat([length, bytes]));
    });
  }

  private onData(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    while (this.received.length >= 4) {
      const end = 4 + this.received.readUInt32LE(0);
      if (this.received.length < end) return;
      const reply = new ByteReader(this.received.subarray(4, end));
      this.received = this.received.subarray(end);
      const waiting = this.waiting.shift();
      if (reply.u32() === 0) waiting?.resolve(reply);
      else waiting?.reject(new UserError(`template server: ${reply.string()}`));
    }
  }

  private onClose(): void {
    for (const { reject } of this.waiting.splice(0)) reject(new ServerGone('it has ended'));
  }
}

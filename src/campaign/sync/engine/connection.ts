import { isIP } from 'node:net';
import type { EngineClient } from 'redis';
import type { EngineAddress } from '../../../util/engine-address.js';
import { messageOf } from '../../../util/errors.js';
import { pause } from '../../../util/until-aborted.js';
import { TransportTrouble } from '../transport.js';

/** Milliseconds for a connection, and for the answers to what is asked at once. */
const connectMillis = 5_000;
const answerMillis = 10_000;

/** A command and its arguments. */
export type Command = readonly (string | Buffer)[];

/** The one connection that a machine has to an engine. Everything that goes wrong is a TransportTrouble. */
export class Connection {
  private client: EngineClient | undefined;
  private bytesType = 0;

  constructor(private readonly address: EngineAddress) {}

  async open(): Promise<void> {
    this.close();
    const client = await this.makeClient();
    this.client = client;
    // What is not RESP at all is heard of here only.
    const heard = new Promise<never>((_, reject) => client.on('error', reject));
    heard.catch(() => undefined);
    await this.answered(Promise.race([client.connect(), heard]), connectMillis);
  }

  /** The answers to commands that are sent at once; the first refusal of one of them is thrown. */
  async ask(commands: readonly Command[]): Promise<unknown[]> {
    const { client } = this;
    if (client === undefined) throw new TransportTrouble('expected a connection, found none');
    const asked = commands.map((command) =>
      client.sendCommand(command, { typeMapping: { [this.bytesType]: Buffer } }),
    );
    // Each of them, so that no refusal is left without a reader.
    const answers = await this.answered(Promise.allSettled(asked), answerMillis);
    const refused = answers.filter((answer) => answer.status === 'rejected');
    // What follows a refusal in a transaction says less than the refusal.
    const first = refused.find(({ reason }) => !/^EXECABORT/.test(messageOf(reason))) ?? refused[0];
    if (first !== undefined) throw this.trouble(first.reason);
    return answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : undefined));
  }

  /** The same, all of them or none. */
  async together(commands: readonly Command[]): Promise<readonly unknown[]> {
    const answers = await this.ask([['MULTI'], ...commands, ['EXEC']]);
    const done = answers.at(-1);
    if (!Array.isArray(done))
      throw new TransportTrouble('expected a transaction to be carried out, it was not');
    const failed = (done as unknown[]).find((one) => one instanceof Error);
    if (failed !== undefined) throw this.trouble(failed);
    return done as unknown[];
  }

  close(): void {
    const { client } = this;
    this.client = undefined;
    try {
      client?.destroy();
    } catch {
      // it is closed already
    }
  }

  private async makeClient(): Promise<EngineClient> {
    const { host, port, isEncrypted, username, password, database } = this.address;
    // Not before it is needed: most campaigns are not shared.
    const { createClient, RESP_TYPES } = await import('redis');
    this.bytesType = RESP_TYPES.BLOB_STRING;
    return createClient({
      ...{ RESP: 2, disableOfflineQueue: true, database, name: 'lean-fuzz' },
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      socket: {
        ...{ host, port, connectTimeout: connectMillis, reconnectStrategy: false },
        ...(isEncrypted ? { tls: true, ...(isIP(host) === 0 ? { servername: host } : {}) } : {}),
      },
    });
  }

  private async answered<T>(promise: Promise<T>, millis: number): Promise<T> {
    promise.catch(() => undefined);
    const over = new AbortController();
    try {
      const late = pause(millis, over.signal).then(() => {
        throw new TransportTrouble(`no answer within ${millis / 1000} s`);
      });
      late.catch(() => undefined);
      return await Promise.race([promise, late]);
    } catch (error) {
      throw this.trouble(error);
    } finally {
      over.abort();
    }
  }

  private trouble(error: unknown): TransportTrouble {
    // Without it, it begins anew.
    this.close();
    if (error instanceof TransportTrouble) return error;
    const { password } = this.address;
    const said = messageOf(error).slice(0, 300);
    const shown = password === undefined ? said : said.replaceAll(password, '...');
    return new TransportTrouble(`${expectedBy(shown)}: ${shown === '' ? 'the connection ended' : shown}`);
  }
}

/** What an engine that says that was expected to do. */
function expectedBy(said: string): string {
  if (/^(NOAUTH|WRONGPASS)|without any password|invalid username-password/i.test(said))
    return 'expected an engine that takes this user and password';
  if (/^NOPERM/.test(said)) return 'expected a user that may do this';
  if (/^OOM/.test(said)) return 'expected room in the engine';
  if (/^(WRONGTYPE|ERR unknown command)/.test(said))
    return 'expected a Redis 7 or Valkey with keys of lean-fuzz';
  if (/^(LOADING|BUSY|READONLY|MISCONF|MASTERDOWN)/.test(said)) return 'expected an engine that takes writes';
  return 'expected a Redis or Valkey that answers';
}

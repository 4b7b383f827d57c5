import { isIP } from 'node:net';
import type { EngineClient } from 'redis';
import type { EngineAddress } from '../../../util/engine-address.js';
import { messageOf } from '../../../util/errors.js';
import { pause } from '../../../util/until-aborted.js';
import { TransportTrouble } from '../transport.js';

/** Milliseconds for a connection, and for the answers to what is asked at once; */
const connectMillis = 5_000;
const answerMillis = 10_000;
/** and bytes that go in one more, at least: a slow way is none that is closed. */
const bytesPerMilli = 32;

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
    // An answer that is not RESP at all is heard of here only.
    const heard = new Promise<never>((_, reject) => client.on('error', reject));
    heard.catch(() => undefined);
    await this.answered(Promise.race([client.connect(), heard]), connectMillis);
  }

  /**
   * The answers to commands that are sent at once; the first refusal of one of them is thrown. `bytes` is how much is
   * asked for, where that is much.
   */
  async ask(commands: readonly Command[], bytes = 0): Promise<unknown[]> {
    const { client } = this;
    if (client === undefined) throw new TransportTrouble('a connection, found none');
    const asked = commands.map((command) =>
      client.sendCommand(command, { typeMapping: { [this.bytesType]: Buffer } }),
    );
    // Each of them, so that no refusal is left without a reader.
    const sent = commands.flat().reduce((sum, part) => sum + part.length, 0);
    const millis = answerMillis + (sent + bytes) / bytesPerMilli;
    const answers = await this.answered(Promise.allSettled(asked), millis);
    const refused = answers.flatMap((answer, index) =>
      answer.status === 'rejected' ? [{ reason: answer.reason as unknown, index }] : [],
    );
    // A refusal of a whole transaction says less than the one of a command in it, which led to that.
    const first = refused.find(({ reason }) => !/^EXECABORT/.test(messageOf(reason))) ?? refused[0];
    if (first !== undefined) throw this.trouble(first.reason, commands[first.index]);
    return answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : undefined));
  }

  /** The same, all of them or none. */
  async together(commands: readonly Command[]): Promise<readonly unknown[]> {
    const answers = await this.ask([['MULTI'], ...commands, ['EXEC']]);
    const done = answers.at(-1);
    if (!Array.isArray(done)) throw new TransportTrouble('a transaction to be carried out, it was not');
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
        throw new TransportTrouble(
          `an answer within ${Math.round(millis / 1000)} s: there was none${this.otherScheme}`,
        );
      });
      late.catch(() => undefined);
      return await Promise.race([promise, late]);
    } catch (error) {
      throw this.trouble(error);
    } finally {
      over.abort();
    }
  }

  /** A hint at the scheme that may have been meant where the other side does not understand. */
  private get otherScheme(): string {
    return this.address.isEncrypted
      ? ' (redis:// is for an engine without TLS)'
      : ' (rediss:// is for an engine with TLS)';
  }

  private trouble(error: unknown, command: Command = []): TransportTrouble {
    // Without it, it begins anew.
    this.close();
    if (error instanceof TransportTrouble) return error;
    const { password, host } = this.address;
    const said = messageOf(error).slice(0, 300);
    const shown = password === undefined ? said : said.replaceAll(password, '...');
    const wanted = wantedBy(shown, codeOf(error), host, command);
    const hint = codeOf(error) === 'ECONNRESET' ? this.otherScheme : '';
    return new TransportTrouble(`${wanted}: ${shown === '' ? 'the connection ended' : shown}${hint}`);
  }
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** How an error of a certificate begins its code, as Node has them. */
const certificateCodes =
  /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|INVALID_PURPOSE/;

/** The expectation that an engine which says that does not meet; `command` is the one that it refuses. */
function wantedBy(said: string, code: string, host: string, command: Command): string {
  if (certificateCodes.test(code))
    return `a certificate of ${host} that is trusted here (NODE_EXTRA_CA_CERTS names a file of more authorities)`;
  if (/^(ERR_SSL|EPROTO)/.test(code) || said.startsWith('Unknown RESP type "\u0015"'))
    return 'an engine that speaks TLS to rediss://, and does not to redis://';
  if (/^(NOAUTH|WRONGPASS)|without any password|invalid username-password/i.test(said))
    return 'an engine that takes this user and password';
  if (/^NOPERM/.test(said)) {
    const [name = 'this', key] = command.map(String);
    return `a user that may use ${name}${key === undefined ? '' : ` on ${key.slice(0, 120)}`}`;
  }
  if (/^OOM/.test(said)) return 'room in the engine';
  if (/^(WRONGTYPE|ERR unknown command)/.test(said)) return 'a Redis 7 or Valkey with keys of lean-fuzz';
  if (/^(LOADING|BUSY|READONLY|MISCONF|MASTERDOWN)/.test(said)) return 'an engine that takes writes';
  return 'a Redis or Valkey that answers';
}

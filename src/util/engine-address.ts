/** An address of a Redis or Valkey, taken apart. */
export interface EngineAddress {
  readonly host: string;
  readonly port: number;
  readonly isEncrypted: boolean;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly database: number;
  /** Several campaigns may share an engine. */
  readonly campaign: string;
}

const schemes: Readonly<Record<string, boolean>> = { 'redis:': false, 'rediss:': true };
const mostDatabases = 1 << 16;

/** Takes an address apart; undefined where it is none. */
export function readAddress(text: string): EngineAddress | undefined {
  // Only spaces and control characters are odd here: URL takes some of them out, others it escapes.
  if (!URL.canParse(text) || /[\s\p{Cc}]/u.test(text)) return undefined;
  const url = new URL(text);
  const isEncrypted = schemes[url.protocol];
  const parameters = [...url.searchParams.keys()];
  const [, digits, rest] = /^\/?(\d{0,5})(.*)$/.exec(url.pathname) ?? [];
  const campaign = url.searchParams.get('campaign') ?? 'default';
  const database = Number(digits ?? '0');
  const isGood =
    isEncrypted !== undefined &&
    ![url.hostname, text.split('://')[1] ?? ''].includes('') &&
    rest === '' &&
    url.hash === '' &&
    database < mostDatabases &&
    parameters.every((name) => name === 'campaign') &&
    parameters.length <= 1 &&
    /^[\w.-]{1,64}$/.test(campaign);
  if (!isGood) return undefined;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 6379 : Number(url.port),
    isEncrypted,
    username: said(url.username),
    password: said(url.password),
    ...{ database, campaign },
  };
}

/** An address as it may be shown and kept: without user and password. */
export function addressInWords({ host, port, isEncrypted, database, campaign }: EngineAddress): string {
  const named = host.includes(':') ? `[${host}]` : host;
  return `${isEncrypted ? 'rediss' : 'redis'}://${named}:${port}/${database}?campaign=${campaign}`;
}

/** A text that may be an address, without the part that may be a password. */
export function withoutPassword(text: string): string {
  const address = readAddress(text);
  return address === undefined ? text.replace(/^.*@/s, '...@') : addressInWords(address);
}

function said(part: string): string | undefined {
  if (part === '') return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The variable that an address may stand in. */
const engineVariable = 'LEAN_FUZZ_SYNC';

/** An environment for what runs candidates: an address with its password is none of their business. */
export function withoutEngine(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name !== engineVariable));
}

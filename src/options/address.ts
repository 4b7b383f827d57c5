/** Where something listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** An address out of PORT, HOST:PORT or [HOST]:PORT; a port alone is one of this machine for itself. */
export function parseAddress(text: string): Address | undefined {
  const parts = /^(?:(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):)?(\d{1,5})$/.exec(text);
  if (parts === null) return undefined;
  const [, inBrackets, plain, port = ''] = parts;
  return Number(port) > 65_535 ? undefined : { host: inBrackets ?? plain ?? '127.0.0.1', port: Number(port) };
}

/** The part of the client that is used. It is loaded where a campaign is shared by an engine, and not before. */
declare module 'redis' {
  export const RESP_TYPES: { readonly BLOB_STRING: number };

  export interface EngineClient {
    connect(): Promise<unknown>;
    sendCommand(
      command: readonly (string | Buffer)[],
      options?: { readonly typeMapping?: Readonly<Record<number, unknown>> },
    ): Promise<unknown>;
    on(event: 'error', listener: (error: Error) => void): void;
    destroy(): void;
  }

  export function createClient(options: {
    readonly RESP: 2;
    readonly disableOfflineQueue: boolean;
    readonly database?: number;
    readonly name?: string;
    readonly username?: string;
    readonly password?: string;
    readonly socket: {
      readonly host: string;
      readonly port: number;
      readonly connectTimeout: number;
      readonly reconnectStrategy: false;
      readonly tls?: boolean;
      readonly servername?: string;
    };
  }): EngineClient;
}

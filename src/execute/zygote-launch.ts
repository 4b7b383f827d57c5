/** How the zygote of one kind of Lean is started; ZygoteProcess does it. */
export interface ZygoteLaunch {
  /** What is started, for messages: `embedded Lean`. */
  readonly what: string;
  /** Program and arguments. The process finds the shared region at descriptor 3. */
  readonly command: readonly [string, ...string[]];
  /** What it reads from its standard input. */
  readonly input?: Uint8Array;
  /** Environment variables besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What a status says that it exits with during boot. */
  readonly exits?: ReadonlyMap<number, Error>;
}

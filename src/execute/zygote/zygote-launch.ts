/** How the zygote of one kind of Lean is started; ZygoteProcess does it. */
export interface ZygoteLaunch {
  /** Name for messages, e.g. `embedded Lean`. */
  readonly what: string;
  /** Program and arguments. The process finds the shared region at descriptor 3. */
  readonly command: readonly [string, ...string[]];
  /** Content of its standard input, made when the process has started. */
  readonly input?: () => Uint8Array;
  /** Environment variables besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether what it writes to standard error is caught: of what is not ours, only the last line is for the user. */
  readonly catchesOutput?: boolean;
  /** Errors by the exit status that means them during boot. */
  readonly exits?: ReadonlyMap<number, Error>;
}

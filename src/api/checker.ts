/** Another kernel that reads exports, by the protocol of the Lean Kernel Arena: see docs/opinions.md. */
export interface Checker {
  /** Its name in tables and reports. */
  readonly name: string;
  /** The command that a shell runs; the variable IN names the export. */
  readonly command: string;
}

/** The value of `--checker` as it is understood; undefined for what is none. */
export function checkerIn(text: string): Checker | undefined {
  const [, name, command] = /^([A-Za-z][\w.-]{0,39})=(.*)$/.exec(text) ?? [];
  if (name === undefined || command === undefined || command.trim() === '') return undefined;
  // eslint-disable-next-line no-control-regex -- what a line and a table can show
  return /[\u0000-\u001f\u007f]/.test(command) ? undefined : { name, command: command.trim() };
}

/** The values of `--checker`, which were checked. */
export function checkersOf(texts: readonly string[]): Checker[] {
  return texts.flatMap((text) => checkerIn(text) ?? []);
}

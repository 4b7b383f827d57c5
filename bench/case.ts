/** The interface of a benchmark: every file in bench/cases exports one value of it. */

/** A bound that a measurement's median should keep. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** One row of the table. */
export interface Measurement {
  readonly name: string;
  /** At least one; the table shows their median, minimum and maximum. */
  readonly samples: readonly number[];
  readonly unit: string;
  readonly goal?: Goal;
}

/** Options of the command line for all cases. */
export interface BenchContext {
  /** Short times and few repeats: to see that a case works, not to learn how fast it is. */
  readonly quick: boolean;
  /** Length of a long campaign (`endurance`, `recall`) in minutes. */
  readonly minutes: number;
  /** Of what is drawn (`mutants`), or of the campaign (`recall`). */
  readonly seed: number;
  /** How many planted bugs count (`mutants`), and how long and on how many workers a campaign looks for each. */
  readonly mutants: number;
  readonly seconds: number;
  readonly cores: number;
  /** The full times (`sync`), not those of a few minutes. */
  readonly long: boolean;
  /** Which Lean runs (`endurance`), as `--lean` of a campaign names it. */
  readonly lean: string;
  /** With and without coverage (`mutants`). */
  readonly paired: boolean;
  /** Says on stderr what is going on. */
  readonly note: (text: string) => void;
}

export interface BenchCase {
  readonly name: string;
  /** One line for --help. */
  readonly about: string;
  /** Runs only when it is named. */
  readonly slow?: boolean;
  /** A missed goal is an error: the exit code is 78. */
  readonly mustMeet?: boolean;
  run(context: BenchContext): Promise<Measurement[]>;
}

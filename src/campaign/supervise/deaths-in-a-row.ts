import { UserError } from '../../util/errors.js';

/**
 * Deaths of what is replaced each time that it dies. So many in a row, each before it was of any use, end the campaign:
 * the next one would hardly do better.
 */
export class DeathsInARow {
  private count = 0;

  constructor(
    private readonly limit: number,
    /** The line that a campaign ends with, from the number of deaths and how the last one came about. */
    private readonly describe: (count: number, how: string) => string,
  ) {}

  /** Counts a death. Returns why the campaign can't go on, or undefined where another one may be started. */
  add(wasOfUse: boolean, how = ''): UserError | undefined {
    this.count = wasOfUse ? 0 : this.count + 1;
    return this.count < this.limit ? undefined : new UserError(this.describe(this.count, how));
  }
}

import type { Checker } from '../../api/checker.js';
import type { Asked } from '../../api/opinion.js';
import type { CheckerHost } from '../../execute/checker/checker-host.js';
import type { RunAnswer } from '../../execute/checker/how-it-runs.js';
import { Nat, Type } from '../../ir/core-constants.js';
import type { Declaration } from '../../ir/declaration.js';
import { nat } from '../../ir/expr.js';
import { define } from '../../ir/hoas.js';
import { axiomsAmong } from '../../kernel/export/nanoda-config.js';
import { exportNdjson } from '../../kernel/export/ndjson.js';
import { packageVersion } from '../../util/package.js';

/** Files whose answers any checker knows: a number of its type, and of another one. */
const good = [define('checker_trial', [], Nat, nat(1))];
const bad = [define('checker_trial', [], Nat, Type)];

/** Another kernel, asked about whole environments. */
export class AskedChecker {
  readonly by: Asked;

  constructor(
    private readonly host: Pick<CheckerHost, 'ask'>,
    private readonly checker: Checker,
    private readonly lean: { readonly version: string; readonly githash: string },
  ) {
    this.by = { kind: 'checker', ...checker };
  }

  get label(): string {
    return this.checker.name;
  }

  /** Undefined where declarations can't be exported whole: then nobody knows what is right. */
  ask(declarations: readonly Declaration[]): Promise<RunAnswer> | undefined {
    const { text, incomplete } = exportNdjson(declarations, { version: packageVersion, lean: this.lean });
    if (incomplete.length > 0) return undefined;
    return this.host.ask(this.checker, { text, axioms: axiomsAmong(declarations) });
  }

  /** Its fault: it refuses what everybody accepts, which makes it useless, or it does not say what it should. */
  async try(): Promise<{ readonly useless?: string; readonly odd?: string }> {
    const answer = await this.ask(good);
    if (answer?.kind === 'refuses') return { useless: `it refuses a definition of a number (${answer.why})` };
    if (answer?.kind === 'noAnswer' && answer.cannotRun === true)
      return { useless: `it can't be run (${answer.why})` };
    if (answer?.kind === 'noAnswer')
      return { odd: `it gives no answer to a definition of a number (${answer.why})` };
    const other = await this.ask(bad);
    return other?.kind === 'accepts' ? { odd: 'it accepts a type as a number' } : {};
  }
}

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { describeLean, type Lean } from '../../api/lean.js';
import type { CorpusEntry } from '../../api/entries.js';
import {
  limitsOfCampaign,
  limitsOfFinding,
  type WorkLimits,
} from '../../campaign/offline/limits-of-finding.js';
import { isAboutFalse, replayWords, type ReplayRound } from '../../campaign/offline/replay.js';
import { regressEntries, regressFinding } from '../../campaign/offline/regress.js';
import { storedEntries, withCorpus } from '../../campaign/offline/corpus/open-corpus.js';
import { withLean } from '../../campaign/offline/with-lean.js';
import { leanOfRecord, zygoteOf, type LeanUse } from '../../execute/native/chosen-lean.js';
import { ownKernelFor } from '../../judge/own-kernel.js';
import { findFindings } from '../../store/find-findings.js';
import { readCampaign } from '../../store/read-campaign.js';
import { loadFinding, type LoadedFinding } from '../../store/load-finding.js';
import { Workdir } from '../../store/workdir.js';
import { ExitCode, invalid, UserError } from '../../util/errors.js';
import { interruptible } from '../interrupt.js';
import { chosenLean, leanOfFinding, leanOption, useOfFinding } from '../lean-option.js';
import { printError, printJson, printLine } from '../output.js';
import { milliseconds } from '../../options/parse.js';
import { actionLimits, asFlag } from '../../options/action-limits.js';

interface RawOptions {
  readonly lean?: string;
  readonly corpus: boolean;
  readonly timeout: string;
  readonly json?: true;
}

/** Findings that one boot of a Lean serves. */
interface Group {
  readonly lean: Lean;
  readonly use: LeanUse;
  readonly limits: Partial<WorkLimits>;
  readonly findings: { readonly folder: string; readonly loaded: LoadedFinding }[];
}

export function addRegress(program: Command): void {
  program
    .command('regress')
    .description(
      'run stored findings again, and the corpus of a campaign: what is back, what is gone, what answers otherwise',
    )
    .argument(
      '<folder>',
      'solutions, leads, or campaigns: every finding below it; its corpus where it is a campaign',
    )
    .addOption(leanOption().default(undefined, 'the one that each was found on'))
    .option('--no-corpus', 'leave the corpus out')
    .option('--timeout <time>', 'wall-clock limit of one candidate', asFlag(actionLimits.jobMillis))
    .option('--json', 'one object a line')
    .addHelpText(
      'after',
      '\nExit code 77 when a proof of False is reproduced, 78 where something gave no answer, 0 otherwise.' +
        '\n\nExample:\n  $ npx lean-fuzz regress solutions --lean leanprover/lean4:v4.35.0',
    )
    .action(async (folder: string, raw: RawOptions) => {
      process.exitCode = await new Regress(raw).run(folder);
    });
}

/** One run of the command: what it was asked, and what it has counted. */
class Regress {
  private readonly jobMillis: number;
  private readonly findings = { accepts: 0, refuses: 0, noAnswer: 0 };
  private readonly entries = { same: 0, otherwise: 0, 'not run': 0 };
  private provesFalse = false;

  constructor(private readonly raw: RawOptions) {
    this.jobMillis = milliseconds('--timeout', raw.timeout);
  }

  async run(folder: string): Promise<ExitCode> {
    const folders = findFindings(folder);
    const hasCorpus = this.raw.corpus && existsSync(new Workdir(folder).database);
    if (folders.length === 0 && !hasCorpus)
      throw invalid('folder', folder, 'one with findings below it, or the folder of a campaign');
    for (const group of await this.groups(folders)) await this.runGroup(group);
    if (hasCorpus) await this.runCorpus(folder);
    const { findings, entries } = this;
    if (this.raw.json === true) printJson({ type: 'regress summary', findings, entries });
    else {
      printLine(
        `findings: ${findings.accepts} reproduced, ${findings.refuses} not reproduced, ${findings.noAnswer} unknown`,
      );
      if (hasCorpus)
        printLine(
          `corpus: ${entries.same} entries as before, ${entries.otherwise} otherwise, ${entries['not run']} not run`,
        );
    }
    if (this.provesFalse) return ExitCode.solution;
    return findings.noAnswer + entries['not run'] > 0 ? ExitCode.unexpected : ExitCode.clean;
  }

  /** Findings by the Lean that they run on. One that can't be read, or whose Lean is not here, is told at once. */
  private async groups(folders: readonly string[]): Promise<Iterable<Group>> {
    const groups = new Map<string, Group>();
    for (const folder of folders) {
      try {
        const loaded = loadFinding(folder);
        const lean = await leanOfFinding(loaded.file, this.raw.lean);
        const use = useOfFinding(loaded.file);
        const limits = limitsOfFinding(loaded.file, lean);
        const key = JSON.stringify([lean.path, lean.hash, use.level, use.mutant, limits]);
        const group = groups.get(key) ?? { lean, use, limits, findings: [] };
        groups.set(key, group);
        group.findings.push({ folder, loaded });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        this.tell(folder, undefined, { kind: 'noAnswer', why: error.message });
      }
    }
    return groups.values();
  }

  private async runGroup({ lean, use, limits, findings }: Group): Promise<void> {
    const own = ownKernelFor(lean);
    await interruptible(async ({ signal }) => {
      const overrides = { ...limits, ...(await zygoteOf(lean, use, signal)) };
      await withLean(overrides, { jobMillis: this.jobMillis, signal }, async (executor) => {
        for (const { folder, loaded } of findings)
          this.tell(folder, { lean, loaded }, await regressFinding(executor, loaded, own));
      });
    });
  }

  private tell(
    folder: string,
    ran: { lean: Lean; loaded: LoadedFinding } | undefined,
    round: ReplayRound,
  ): void {
    this.findings[round.kind]++;
    const file = ran?.loaded.file;
    const why = round.kind === 'accepts' ? round.reasons.join('; ') : round.why;
    if (round.kind === 'accepts' && file !== undefined && file.claim !== null && isAboutFalse(file))
      this.provesFalse = true;
    const lean = ran === undefined ? null : describeLean(ran.lean);
    if (this.raw.json === true) {
      const { id = null, kind = null, signature = null } = file ?? {};
      printJson({
        type: 'finding again',
        folder,
        id,
        kind,
        signature,
        lean,
        answer: replayWords[round.kind],
        why,
      });
    } else {
      const on = lean === null ? '' : ` on Lean ${lean}`;
      printLine(
        `${replayWords[round.kind]}${on}: ${file === undefined ? 'finding' : `${file.kind} ${file.signature}`} (${folder}): ${why}`,
      );
    }
  }

  private async runCorpus(folder: string): Promise<void> {
    const stored = withCorpus(folder, 'read', (database) => storedEntries(database, printError));
    const levels = ['kernel', 'source'] as const;
    for (const level of levels) {
      const entries = stored.map(({ entry }) => entry).filter(({ candidate }) => candidate.level === level);
      if (entries.length > 0) await this.runEntries(folder, level, entries);
    }
  }

  private async runEntries(
    folder: string,
    level: 'kernel' | 'source',
    entries: readonly CorpusEntry[],
  ): Promise<void> {
    const use: LeanUse = { level, mutant: null };
    const named = this.raw.lean;
    const { lean: record, options } = readCampaign(folder);
    const lean =
      named === undefined ? await leanOfRecord(folder, record, use, '--lean') : await chosenLean(named, use);
    const limits = limitsOfCampaign(lean, options['memoryLimitMiB']);
    await interruptible(async ({ signal }) => {
      const overrides = { ...limits, ...(await zygoteOf(lean, use, signal)) };
      await withLean(overrides, { jobMillis: this.jobMillis, signal }, (executor) =>
        regressEntries(executor, entries, ({ entry: { id }, before, outcome }) => {
          this.entries[outcome === before ? 'same' : outcome === 'not run' ? 'not run' : 'otherwise']++;
          if (outcome === before) return;
          if (this.raw.json === true) printJson({ type: 'entry again', id, before, outcome });
          else printLine(`entry ${id}: ${outcome}, before: ${before}`);
        }),
      );
    });
  }
}

import type { Command } from 'commander';
import { describeLean, isSameLean } from '../../api/lean.js';
import type { CampaignRecord } from '../../api/report.js';
import type { CodeMap } from '../../api/code-map.js';
import { mapOf } from '../../campaign/coverage/map-of.js';
import { coverageOf, differencesOf } from '../../report/coverage.js';
import { coverageLines, differenceLines } from '../../report/coverage-text.js';
import { readCampaign } from '../../store/read-campaign.js';
import { unusable } from '../../util/errors.js';
import { printJson, printLine } from '../output.js';

interface RawOptions {
  readonly json?: true;
  readonly all?: true;
}

export function addCoverage(program: Command): void {
  program
    .command('coverage')
    .description("say which code of a native Lean's kernel a campaign has reached, and what it never did")
    .argument('<campaign>', "a campaign's folder; the campaign may be running")
    .argument('[other]', 'a second one: say where they differ, also on another Lean')
    .option('--all', 'leave nothing out of the list of what was never reached')
    .option('--json', 'print one object, or one line of JSON for each function that differs')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx lean-fuzz coverage campaigns/nightly\n  $ npx lean-fuzz coverage campaigns/before campaigns/after',
    )
    .action((folder: string, otherFolder: string | undefined, { json, all }: RawOptions) => {
      const one = reachedBy(folder);
      if (otherFolder !== undefined) {
        const other = reachedBy(otherFolder);
        const differences = differencesOf(one, other, isSameLean(one.record.lean, other.record.lean));
        if (json === true)
          differences.forEach((difference) => printJson({ type: 'difference', ...difference }));
        else differenceLines(differences).forEach(printLine);
        return;
      }
      const coverage = coverageOf(one.map, one.rows);
      if (json === true) printJson({ type: 'coverage', lean: one.record.lean, ...coverage });
      else {
        printLine(`Lean ${describeLean(one.record.lean)}`);
        coverageLines(coverage, all === true).forEach(printLine);
      }
    });
}

function reachedBy(folder: string): { record: CampaignRecord; map: CodeMap; rows: CampaignRecord['blocks'] } {
  const record = readCampaign(folder);
  const map = mapOf(record);
  if (typeof map === 'string')
    throw unusable(folder, map, 'a campaign on a native Lean whose code can be read');
  if (record.blocks.length === 0)
    throw unusable(
      folder,
      'a campaign without coverage',
      'one that ran with --coverage kernel on a native Lean',
    );
  return { record, map, rows: record.blocks };
}

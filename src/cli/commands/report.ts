import { join } from 'node:path';
import type { Command } from 'commander';
import { markdownReport } from '../../report/campaign-report.js';
import { coverageOf } from '../../report/coverage.js';
import { htmlReport } from '../../report/html-report.js';
import { readCampaign } from '../../store/read-campaign.js';
import { messageOf, unusable } from '../../util/errors.js';
import { replaceFile } from '../../util/files.js';
import { asJson } from '../../util/printable.js';
import { printLine } from '../output.js';
import { mapOf } from './coverage.js';
import { makeFolder } from '../../util/make-folder.js';

export function addReport(program: Command): void {
  program
    .command('report')
    .description('write what a campaign came to, as JSON, Markdown and one HTML page with charts')
    .argument('<campaign>', "a campaign's folder; the campaign may be running")
    .option('--out <dir>', "where report.json, report.md and report.html go (default: the campaign's folder)")
    .addHelpText('after', '\nExample:\n  $ npx lean-fuzz report campaigns/nightly --out public')
    .action((folder: string, { out = folder }: { out?: string }) => {
      const record = readCampaign(folder);
      const map = record.blocks.length === 0 ? 'no coverage' : mapOf(record);
      const coverage = typeof map === 'string' ? undefined : coverageOf(map, record.blocks);
      const files = {
        'report.json': `${asJson(coverage === undefined ? record : { ...record, coverage }, 2)}\n`,
        'report.md': markdownReport(record),
        'report.html': htmlReport(record, coverage),
      };
      for (const [name, content] of Object.entries(files)) {
        const path = join(out, name);
        try {
          makeFolder(out);
          replaceFile(path, content);
        } catch (error) {
          throw unusable('--out', out, `a folder that can be written (${messageOf(error)})`);
        }
        printLine(path);
      }
    });
}

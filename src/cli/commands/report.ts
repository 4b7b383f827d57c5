import { join } from 'node:path';
import type { Command } from 'commander';
import { report } from '../../library/report.js';
import { messageOf, unusable } from '../../util/errors.js';
import { replaceFile } from '../../util/files.js';
import { asJson } from '../../util/printable.js';
import { printLine } from '../output.js';
import { makeFolder } from '../../util/make-folder.js';

export function addReport(program: Command): void {
  program
    .command('report')
    .description('write what a campaign came to, as JSON, Markdown and one HTML page with charts')
    .argument('<campaign>', "a campaign's folder; the campaign may be running")
    .option('--out <dir>', "where report.json, report.md and report.html go (default: the campaign's folder)")
    .addHelpText('after', '\nExample:\n  $ npx lean-fuzz report campaigns/nightly --out public')
    .action(async (folder: string, { out = folder }: { out?: string }) => {
      const { record, coverage, markdown, html } = await report(folder, { from: out });
      const files = {
        'report.json': `${asJson(coverage === undefined ? record : { ...record, coverage }, 2)}\n`,
        'report.md': markdown,
        'report.html': html,
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

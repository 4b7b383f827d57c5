import type { Command } from 'commander';
import { identityOf } from '../../api/lean.js';
import { isRunning, stoppedProcess } from '../../campaign/join/is-running.js';
import { outputObject } from '../../report/json/line-schema.js';
import { newest, recent, secondsWithoutNews } from '../../report/recent.js';
import { statusLines } from '../../report/status-text.js';
import { readCampaign } from '../../store/read-campaign.js';
import { newestCampaign } from '../../store/newest-campaign.js';
import { showEngine } from '../engine-status.js';
import { printJson, printLine } from '../output.js';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('say how a campaign stands, also one that runs in another terminal')
    .argument(
      '[campaign]',
      "a campaign's folder, or the address of --sync (default: the newest below campaigns/)",
    )
    .option('--json', 'as one object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx lean-fuzz status\n  $ npx lean-fuzz status campaigns/nightly --json',
    )
    .action(async (given: string | undefined, { json }: { json?: true }) => {
      if (given !== undefined && /^rediss?:/.test(given)) return showEngine(given, json === true);
      const folder = given ?? newestCampaign();
      const record = readCampaign(folder);
      const runs = await isRunning(folder);
      const stopped = stoppedProcess(folder);
      if (json !== true) return statusLines(record, runs, stopped).forEach(printLine);
      const { lean, seed, findings, errors, canaries, opinions, machines } = record;
      const { byWorker, ...lately } = recent(record);
      const status = {
        ...{ folder, isRunning: runs, stopped: stopped ?? null, lean: identityOf(lean), seed },
        now: newest(record) ?? null,
        lately: { ...lately, workers: Object.fromEntries(byWorker) },
        secondsWithoutNews: secondsWithoutNews(record),
        ...{ findings, errors, canaries, opinions, machines },
      };
      printJson(outputObject('campaign status', status));
    });
}

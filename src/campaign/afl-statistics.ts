import type { CampaignListener, Snapshot } from '../api/campaign.js';
import { fuzzerStats, plotHead, plotLine, type AflWorker } from '../report/afl-text.js';
import { AflFiles } from '../store/afl-files.js';
import { messageOf } from '../util/errors.js';
import { asLine } from '../util/printable.js';

/** Seconds of fuzzing between two writes. */
const everySeconds = 10;

/**
 * Keeps AFL++'s files for each worker in a campaign's folder. They are no part of the campaign: where they can't be
 * written, `notice` hears of it once, and each time is tried again: room may come back.
 */
export function aflStatistics(campaignFolder: string, notice: (text: string) => void): CampaignListener {
  const finds = new Map<number, { count: number; lastAt: number }>();
  const secondsNow = (): number => Math.floor(Date.now() / 1000);
  const commandLine = asLine(process.argv.slice(1).join(' '));
  let files: AflFiles | undefined;
  let startedAt = secondsNow();
  let before: Snapshot | undefined;
  let corpus = { size: 0, grewAt: 0 };
  let isSaid = false;

  const look = (snapshot: Snapshot): void => {
    if (snapshot.corpus > corpus.size) corpus = { size: snapshot.corpus, grewAt: secondsNow() };
  };
  const write = (snapshot: Snapshot): void => {
    look(snapshot);
    try {
      files ??= new AflFiles(campaignFolder);
      for (const worker of snapshot.workers) {
        const { count = 0, lastAt = 0 } = finds.get(worker.worker) ?? {};
        const past = before?.workers.find((one) => one.worker === worker.worker);
        const seconds = snapshot.elapsedSeconds - (before?.elapsedSeconds ?? snapshot.elapsedSeconds);
        const done = worker.candidates - (past?.candidates ?? worker.candidates);
        const all: AflWorker = {
          ...{ snapshot, worker, startedAt, commandLine },
          ...{ finds: count, lastFindingAt: lastAt, lastEntryAt: corpus.grewAt },
          lately: seconds <= 0 ? 0 : Math.max(done, 0) / seconds,
          now: secondsNow(),
        };
        files.write(worker.worker, fuzzerStats(all), plotHead, plotLine(all));
      }
      isSaid = false;
    } catch (error) {
      if (!isSaid) notice(`fuzzer_stats and plot_data can't be written at the moment: ${messageOf(error)}`);
      isSaid = true;
    }
    before = snapshot;
  };

  return {
    started: () => (startedAt = secondsNow()),
    finding: ({ worker }) => {
      const count = (finds.get(worker)?.count ?? 0) + 1;
      finds.set(worker, { count, lastAt: secondsNow() });
    },
    progress: (snapshot) => {
      look(snapshot);
      if (before === undefined || snapshot.elapsedSeconds - before.elapsedSeconds >= everySeconds)
        write(snapshot);
    },
    finished: write,
  };
}

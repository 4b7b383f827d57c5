import { appendFileSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { replaceFile, RootFolder } from '../util/files.js';

/** The folders in a campaign's folder that AFL++'s tools read, one for each worker: `afl/worker-0` and so on. */
export class AflFiles {
  private readonly root: RootFolder;

  constructor(campaignFolder: string) {
    this.root = new RootFolder(campaignFolder);
  }

  /** Replaces fuzzer_stats at once, and adds a line to plot_data, which begins with `head`. */
  write(worker: number, stats: string, head: string, plot: string): void {
    const name = `worker-${worker}`;
    mkdirSync(this.root.at('afl', name), { recursive: true });
    replaceFile(this.root.at('afl', name, 'fuzzer_stats'), stats);
    appendWhole(this.root.at('afl', name, 'plot_data'), head, plot);
  }
}

/** Adds a line to a file that begins with `head`; a part of it that a full disk had room for does not stay. */
function appendWhole(path: string, head: string, line: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  try {
    appendFileSync(path, size === 0 ? head + line : line);
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) truncateSync(path, size);
    throw error;
  }
}

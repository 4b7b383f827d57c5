import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
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
    const path = this.root.at('afl', name, 'plot_data');
    appendFileSync(path, existsSync(path) ? plot : head + plot);
  }
}

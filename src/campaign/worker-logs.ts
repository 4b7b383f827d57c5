import type { CorpusEntry, Finding } from '../api/entries.js';
import { Stopped } from '../execute/client/executor-client.js';
import type { NativeLogRing } from '../native/addon.js';
import { encodeEntry, encodeFinding } from '../share/entry-codec.js';
import { header } from '../share/layout.js';
import type { SharedRegion } from '../share/region.js';
import { StopRequest } from '../share/states.js';
import type { Outbox } from './outbox.js';

/** How long a worker waits for room in its full log of findings before it looks again. */
const retryMillis = 20;

/** The way of a worker's entries and findings to the primary: through their logs where they fit, else by a message. */
export class WorkerLogs {
  private readonly corpus: NativeLogRing;
  private readonly findings: NativeLogRing;

  constructor(
    private readonly region: SharedRegion,
    worker: number,
    private readonly outbox: Outbox,
  ) {
    this.corpus = region.corpusLog(worker, 'newest');
    this.findings = region.findingsLog(worker);
  }

  /** Other workers get one that does not fit from the store. */
  async sendEntry(entry: CorpusEntry): Promise<void> {
    const bytes = encodeEntry(entry);
    if (bytes.length > this.corpus.maxPayload) {
      this.outbox.send({ type: 'entry', bytes });
      await this.outbox.flush();
    } else {
      // The primary looks by itself, often enough: to wake it for each entry costs more than all the rest of this.
      this.corpus.publish(bytes);
    }
  }

  /** Waits while the log is full: a finding must not be lost. */
  async sendFinding(finding: Finding): Promise<void> {
    const bytes = encodeFinding(finding);
    if (bytes.length > this.findings.maxPayload) {
      this.outbox.send({ type: 'finding', bytes });
      await this.outbox.flush();
      return;
    }
    while (!this.findings.publish(bytes)) {
      if (this.region.load(header.stop) === StopRequest.now) throw new Stopped('the campaign was stopped');
      await new Promise((resolve) => setTimeout(resolve, retryMillis));
    }
  }
}

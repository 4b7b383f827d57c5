import { existsSync } from 'node:fs';
import type { Checks, LakeOptions } from '../../api/lake.js';
import { checkSolution } from '../../execute/lake/checking.js';
import { requireFence } from '../../execute/lake/fenced-folder.js';
import { startLakeHost, type LakeHost } from '../../execute/lake/prepare-template.js';
import { TemplateClient } from '../../execute/lake/template-client.js';
import { rowOf, together, type Together } from '../../judge/checks.js';
import { reproducerOf } from '../../store/reproducer.js';
import { loadFinding } from '../../store/load-finding.js';
import { writeNativeAnswer, type NativeAnswer } from '../../store/native-answer.js';
import { messageOf } from '../../util/errors.js';

/** Milliseconds that one command of a cross-check may take: a proof that runs once may take its time. */
export const crossCheckMillis = 10 * 60_000;

/** The version in what `lean --version` prints. */
export function versionOf(toolchain: string): string {
  return /version ([^\s,)]+)/.exec(toolchain)?.[1] ?? toolchain;
}

/** Runs a finding's Lean text on a native toolchain, and writes the answer into the finding's folder. */
export async function crossCheck(host: LakeHost, folder: string): Promise<NativeAnswer> {
  requireFence(host.server.options);
  const { file, candidate, claim } = loadFinding(folder);
  // Made anew: what else lies in the folder may be anybody's.
  const reproducer = reproducerOf({ candidate, claim, elaborated: file.elaborated });
  const versions = {
    toolchain: host.toolchain,
    leanVersion: versionOf(host.toolchain),
    foundOn: file.leanVersion,
  };
  const differs = versions.leanVersion !== versions.foundOn;
  const note = differs ? [`found on Lean ${versions.foundOn}, asked Lean ${versions.leanVersion}`] : [];
  let answer: NativeAnswer;
  if (reproducer === undefined) {
    const reasons = ['its words are malformed', ...note];
    answer = { verdict: 'unknown', row: null, reasons, ...versions };
  } else {
    const checks = await checkAll(host, reproducer.text);
    const said = together(checks);
    const isRaw = reproducer.kind === 'raw';
    const why = said.kind === 'accepts' ? 'accepted by Lake and every checker that answered' : said.why;
    const reasons = [why, ...checks.remarks, ...(isRaw ? [rawNote] : []), ...note];
    // A raw file is refused also where its words are not those of that release: nobody has asked the kernel then.
    const verdict = isRaw && said.kind === 'refuses' ? 'unknown' : verdicts[said.kind];
    answer = { verdict, row: rowOf(checks), reasons, ...versions };
  }
  writeNativeAnswer(folder, answer);
  return answer;
}

const rawNote = 'asked by the raw file, which builds the declarations and hands them to the kernel';

const verdicts = {
  accepts: 'confirmed',
  refuses: 'refused',
  disputed: 'disputed',
  noAnswer: 'unknown',
} as const satisfies Record<Together['kind'], NativeAnswer['verdict']>;

async function checkAll(host: LakeHost, text: string): Promise<Checks> {
  const client = await TemplateClient.connect(host.server.socketPath);
  try {
    return await checkSolution(client, host.target, text);
  } finally {
    client.close();
  }
}

/** Cross-checks the solutions of a campaign on the embedded target, one by one, beside the fuzzing. */
export class CrossChecks {
  private host: Promise<LakeHost> | undefined;
  private queue: Promise<void> = Promise.resolve();
  private readonly stopped = new AbortController();

  /** A call, so that the compiler knows that it may change while a promise is awaited. */
  private isStopping(): boolean {
    return this.stopped.signal.aborted;
  }

  constructor(
    private readonly options: LakeOptions,
    private readonly notice: (text: string) => void,
  ) {}

  add(folder: string): void {
    this.queue = this.queue.then(() => this.check(folder));
  }

  /** Resolves when all folders so far have an answer. */
  answered(): Promise<void> {
    return this.queue;
  }

  /** Ends what it is doing, also a template that is being built. */
  async stop(): Promise<void> {
    this.stopped.abort();
    const host = await this.host?.catch(() => undefined);
    await host?.server.stop();
  }

  private async check(folder: string): Promise<void> {
    // A smaller finding of the same kind may have taken its place meanwhile.
    if (this.isStopping() || !existsSync(folder)) return;
    try {
      // The toolchain is only started where there is something to ask it.
      this.host ??= startLakeHost(this.options, 1, crossCheckMillis, this.stopped.signal);
      const { verdict, reasons } = await crossCheck(await this.host, folder);
      this.notice(`native: ${verdict}: ${reasons.join('; ')} (${folder})`);
    } catch (error) {
      if (!this.isStopping()) this.notice(`native: no answer: ${messageOf(error)} (${folder})`);
    }
  }
}

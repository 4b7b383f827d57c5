import { identityOf } from '../api/lean.js';
import { describeSignature } from '../api/signature.js';
import { axiomsOf } from '../api/verdict.js';
import type { CampaignListener, Snapshot } from '../api/campaign.js';
import { asJson, asLine } from '../util/printable.js';
import { checksTable } from './checks-table.js';
import { outputObject } from './json/line-schema.js';
import { findingLine, startLines, statusLine, summaryLines } from './format.js';

/** Where text goes; process.stdout is such a stream. */
export interface TextStream {
  write(text: string): unknown;
}

/** Seconds between status lines where there is no terminal to rewrite them on. */
const plainEverySeconds = 10;

/** One line at a time, for logs and pipelines. */
export function plainListener(out: TextStream): CampaignListener {
  const table = tableEachMinute();
  let shownAt = -Infinity;
  let phaseShown = '';
  const line = (text: string): void => void out.write(`${asLine(text)}\n`);
  return {
    booting: ({ phase }) => {
      if (phase !== phaseShown) line(phase);
      phaseShown = phase;
    },
    started: (info) => startLines(info).forEach(line),
    progress: (snapshot) => {
      if (snapshot.elapsedSeconds - shownAt < plainEverySeconds) return;
      shownAt = snapshot.elapsedSeconds;
      table(snapshot, line);
      line(statusLine(snapshot));
    },
    finding: findingLines(line),
    notice: line,
    finished: (summary) => summaryLines(summary).forEach(line),
  };
}

/** One JSON object a line; the last has type `summary`. */
export function jsonListener(out: TextStream): CampaignListener {
  const line = (...[type, value]: Parameters<typeof outputObject>): void =>
    void out.write(`${asJson(outputObject(type, value))}\n`);
  let phaseShown = '';
  return {
    booting: (step) => {
      if (step.phase !== phaseShown) line('booting', step);
      phaseShown = step.phase;
    },
    started: (info) => line('started', { ...info, lean: identityOf(info.lean) }),
    progress: (snapshot) => line('status', snapshot),
    finding: ({ id, verdict, candidate, outcome, worker }, folder, known) =>
      line('finding', {
        id,
        kind: verdict.kind,
        class: verdict.signature.class,
        signature: describeSignature(verdict.signature),
        reasons: verdict.reasons,
        ...(verdict.claim === undefined ? {} : { claim: verdict.claim }),
        axioms: axiomsOf(verdict),
        lineage: candidate.lineage,
        outcome,
        worker,
        folder,
        ...(known === undefined ? {} : { known }),
      }),
    notice: (text) => line('notice', { text }),
    finished: (summary) => line('summary', summary),
  };
}

/** The last word only. */
export function quietListener(out: TextStream): CampaignListener {
  return {
    finished: (summary) => summaryLines(summary).forEach((line) => out.write(`${asLine(line)}\n`)),
  };
}

/** The lines of findings; of leads for which there is the same known reason, the first alone has one. */
function findingLines(show: (line: string) => void): NonNullable<CampaignListener['finding']> {
  const said = new Set<string>();
  return (finding, folder, known) => {
    const isRepeat = known !== undefined && finding.verdict.kind === 'lead' && said.has(known);
    if (known !== undefined) said.add(known);
    if (!isRepeat) show(findingLine(finding, folder, known));
  };
}

/** Shows the table of answers once a minute, where the campaign has one. */
function tableEachMinute(): (snapshot: Snapshot, show: (line: string) => void) => void {
  let minute = 0;
  return ({ checks, elapsedSeconds }, show) => {
    const now = Math.floor(elapsedSeconds / 60);
    if (checks === undefined || now <= minute) return;
    minute = now;
    checksTable(checks).forEach(show);
  };
}

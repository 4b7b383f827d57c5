import { readMachineReport, type MachineReport } from '../../../api/machine.js';
import { packageVersion } from '../../../util/package.js';
import { asLine } from '../../../util/printable.js';
import { syncFormat } from '../transport.js';

/** Bytes of a `fuzzer_stats` that is read. */
export const maxStatsBytes = 1 << 16;

const formatKey = 'lean_fuzz_format';
const reportKey = 'lean_fuzz_report';

/** A machine's `fuzzer_stats`: AFL++'s form and words, and behind them all that the machine says of itself. */
export function statsFile(report: MachineReport, startedAt: Date, now: Date): string {
  const { elapsedSeconds, tests, corpus, leads, solutions, host } = report;
  const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
  const lines: [string, string | number][] = [
    ['start_time', seconds(startedAt)],
    ['last_update', seconds(now)],
    ['run_time', Math.floor(elapsedSeconds)],
    ['execs_done', tests],
    ['execs_per_sec', (report.testsPerMinute / 60).toFixed(2)],
    ['corpus_count', corpus],
    ['saved_crashes', leads + solutions],
    ['afl_banner', asLine(host)],
    ['afl_version', `lean-fuzz ${packageVersion}`],
    [formatKey, syncFormat],
    [reportKey, JSON.stringify(report)],
  ];
  return lines.map(([key, value]) => `${key.padEnd(18)}: ${value}\n`).join('');
}

/** The format and the report in a `fuzzer_stats`; undefined where it is none of a lean-fuzz. */
export function readStats(
  bytes: Uint8Array,
): { readonly format: string; readonly report: MachineReport | undefined } | undefined {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  const values = new Map(lines.map((line) => splitAt(line, ':')));
  const format = values.get(formatKey);
  if (format === undefined) return undefined;
  return { format, report: readMachineReport(parse(values.get(reportKey) ?? '')) };
}

function splitAt(line: string, mark: string): [string, string] {
  const at = line.indexOf(mark);
  return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no report
  }
}

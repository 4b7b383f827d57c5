import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { CampaignRecord } from '../api/report.js';
import type { Coverage, FunctionCoverage, NeverReached } from '../report/coverage.js';

/** A campaign as it stands, and two pages about it. */
export interface Report {
  readonly record: CampaignRecord;
  /** The part of a native kernel's code that was reached; undefined where that was not watched. */
  readonly coverage: Coverage | undefined;
  readonly markdown: string;
  /** One page that needs nothing from elsewhere. */
  readonly html: string;
}

/** Options of {@link report}. */
export interface ReportOptions {
  /** The folder that the page is going to be in: its links are relative to that. Default: the campaign's. */
  readonly from?: string | undefined;
}

export type { Coverage, FunctionCoverage, NeverReached };

/**
 * Reads what a campaign came to; it may be running. Nothing is written.
 *
 * @param folder - The campaign's folder.
 * @param options - See {@link ReportOptions}.
 * @throws {@link UserError} with exit code 2 for a folder without a campaign, 78 for a database of another version or
 *   a damaged one.
 */
export async function report(folder: string, { from = folder }: ReportOptions = {}): Promise<Report> {
  const { mapOf } = await import('../campaign/coverage/map-of.js');
  const { markdownReport } = await import('../report/campaign-report.js');
  const { coverageOf } = await import('../report/coverage.js');
  const { htmlReport } = await import('../report/html-report.js');
  const { readCampaign } = await import('../store/read-campaign.js');
  const record = readCampaign(folder);
  const map = record.blocks.length === 0 ? 'no coverage' : mapOf(record);
  const coverage = typeof map === 'string' ? undefined : coverageOf(map, record.blocks);
  const made = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC on ${hostname()}`;
  return {
    record,
    coverage,
    markdown: markdownReport(record),
    html: htmlReport(record, { coverage, from: resolve(from), made }),
  };
}

import type { ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import type { CampaignListener } from '../../api/campaign.js';
import { coverageOf } from '../../report/coverage.js';
import { htmlReport } from '../../report/html-report.js';
import { readCampaign } from '../../store/read-campaign.js';
import { messageOf } from '../../util/errors.js';
import { asHtml } from '../../util/markup.js';
import { mapOf } from '../coverage/map-of.js';
import type { Answer } from './local-server.js';

/** Seconds between two times that pages are told to look again; the statistics come no faster. */
const everySeconds = 5;

/** The report page of a campaign that runs, which looks again when it is told to. */
export class Dashboard {
  private folder: string | undefined;
  private readonly viewers = new Set<ServerResponse>();
  private toldAt = -Infinity;
  private map: ReturnType<typeof mapOf> | undefined;

  readonly listener: CampaignListener = {
    started: ({ campaignFolder }) => {
      this.folder = campaignFolder;
      this.tell();
    },
    progress: ({ elapsedSeconds }) => {
      if (elapsedSeconds - this.toldAt < everySeconds) return;
      this.toldAt = elapsedSeconds;
      this.tell();
    },
    finding: () => this.tell(),
  };

  readonly answers: Readonly<Record<string, Answer>> = {
    '/': (_, response) => {
      const { status, html } = this.page();
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
    },
    '/events': (request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 2000\n\n');
      this.viewers.add(response);
      request.on('close', () => this.viewers.delete(response));
    },
  };

  private tell(): void {
    for (const viewer of this.viewers) viewer.write('data: look\n\n');
  }

  private page(): { status: number; html: string } {
    if (this.folder === undefined) return { status: 503, html: waitingPage('Lean boots') };
    try {
      const record = readCampaign(this.folder);
      this.map ??= record.blocks.length === 0 ? undefined : mapOf(record);
      const coverage =
        this.map === undefined || typeof this.map === 'string'
          ? undefined
          : coverageOf(this.map, record.blocks);
      const made = `${new Date().toISOString().slice(0, 19).replace('T', ' ')} UTC on ${hostname()}`;
      return { status: 200, html: htmlReport(record, { coverage, made, isLive: true }) };
    } catch (error) {
      // A campaign that has just begun has stored nothing yet; a page is no reason to end one.
      return { status: 503, html: waitingPage(messageOf(error)) };
    }
  }
}

/** The page while there is none of the campaign, which looks again by itself. */
function waitingPage(why: string): string {
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>lean-fuzz</title><p>${asHtml(why)}</p>\n`;
}

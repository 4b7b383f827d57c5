import type { CampaignListener, CampaignOptions, Snapshot, StartInfo } from '../../api/campaign.js';
import { allOf } from '../../api/listeners.js';
import { Dashboard } from './dashboard.js';
import { serveAt, type LocalServer } from './local-server.js';

/** The listener of a campaign that is served: the user's own, and those of the servers, which `close` ends. */
export interface Served {
  readonly listener: CampaignListener;
  close(): Promise<void>;
}

/** Starts the servers that the options ask for, and says where they are. `nameOf` is how the user knows an option. */
export async function serve(
  { metrics, dashboard }: Pick<CampaignOptions, 'metrics' | 'dashboard'>,
  own: CampaignListener,
  nameOf: (key: keyof CampaignOptions) => string,
): Promise<Served> {
  const servers: LocalServer[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
  };
  let info: StartInfo | undefined;
  let now: Snapshot | undefined;
  if (metrics !== undefined) {
    const { metricsText, metricsType } = await import('../../report/metrics-text.js');
    const server = await serveAt(nameOf('metrics'), metrics, {
      '/metrics': (_, response) =>
        void metricsText(info, now).then((text) =>
          response.writeHead(200, { 'content-type': metricsType }).end(text),
        ),
    });
    servers.push(server);
    own.notice?.(`metrics: ${server.url}metrics`);
  }
  const page = dashboard === undefined ? undefined : new Dashboard();
  if (page !== undefined && dashboard !== undefined) {
    const server = await serveAt(nameOf('dashboard'), dashboard, page.answers).catch(
      async (error: unknown) => {
        await closeAll();
        throw error;
      },
    );
    servers.push(server);
    own.notice?.(`dashboard: ${server.url}`);
  }
  const listener: CampaignListener = {
    started: (started) => (info = started),
    progress: (snapshot) => (now = snapshot),
  };
  return {
    listener: allOf(listener, page?.listener ?? {}, own),
    close: closeAll,
  };
}

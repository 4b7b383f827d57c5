import { request } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serve } from '../../../../src/campaign/serve/serve.js';
import { CampaignDatabase } from '../../../../src/store/database.js';
import { finding, snapshot } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

/** The status of a request that names another host than it goes to. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

it('serves the page and the numbers of a campaign while it runs, for this machine only', async () => {
  const folder = temporaryFolder();
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  database.setValue('lean', JSON.stringify(embedded));
  database.addStatistics(snapshot());
  database.close();
  const notices: string[] = [];
  const own = { notice: (text: string) => void notices.push(text) };
  const served = await serve({ dashboard: '0', metrics: '0' }, own, (key) => `--${key}`);
  try {
    const [metrics = '', dashboard = ''] = notices.map((text) => text.split(': ')[1]);
    expect(notices[0]).toMatch(/^metrics: http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    expect((await fetch(dashboard)).status).toBe(503);

    served.listener.started?.({ campaignFolder: folder, seed: 7, lean: embedded, bootSeconds: 1 });
    const page = await (await fetch(dashboard)).text();
    expect(page).toContain('<h2>Solutions</h2>');
    expect(page).toContain("new EventSource('events')");
    served.listener.progress?.(snapshot());
    expect(await (await fetch(metrics)).text()).toContain('lean_fuzz_tests_total 1200');

    const events = await fetch(`${dashboard}events`);
    const reader = events.body?.getReader();
    const next = async (): Promise<string> => {
      const read: { readonly value?: Uint8Array | undefined } | undefined = await reader?.read();
      return new TextDecoder().decode(read?.value);
    };
    expect(await next()).toContain('retry');
    served.listener.finding?.(finding(), '/s', undefined);
    expect(await next()).toBe('data: look\n\n');

    expect(await statusFor(dashboard, 'evil.example:80')).toBe(403);
    expect(await statusFor(dashboard, 'localhost')).toBe(200);
    expect((await fetch(`${dashboard}etc/passwd`)).status).toBe(404);
    expect((await fetch(dashboard, { method: 'POST' })).status).toBe(405);
    const { port } = new URL(dashboard);
    await expect(serve({ dashboard: port }, own, (key) => `--${key}`)).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringMatching(
        `^--dashboard: got "${port}", expected an address that is free`,
      ) as string,
    });
  } finally {
    await served.close();
  }
});

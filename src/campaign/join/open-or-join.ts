import type { CampaignListener } from '../../api/campaign.js';
import type { Workdir } from '../../store/workdir.js';
import { UserError } from '../../util/errors.js';
import { pause } from '../../util/until-aborted.js';
import type { CampaignEnd } from '../campaign-end.js';
import type { Stop } from '../stop.js';
import { joinCampaign, stoppedWaiting, type GuestSettings } from './guest.js';
import { SocketFolder } from './socket-folder.js';

/** How long who holds a folder may take to listen, as at its start, or to let go of it, as at its end. */
const patienceMillis = 5000;
const pauseMillis = 100;

/**
 * Opens the folder for a campaign of our own, where it is free (then undefined), or takes part in the one that runs
 * there. UserError (78) where the folder is in use by something that does not let anybody in.
 */
export async function openOrJoin(
  workdir: Workdir,
  settings: GuestSettings,
  listener: CampaignListener,
  stop: Stop,
): Promise<CampaignEnd | undefined> {
  let deadline = performance.now() + patienceMillis;
  while (!workdir.tryOpen()) {
    const end = await tryJoin(workdir, settings, listener, stop);
    if (end === 'gone') deadline = performance.now() + patienceMillis;
    else if (end !== 'nobody') return end;
    if (stop.signal.aborted) throw new UserError(stoppedWaiting(workdir.folder));
    if (performance.now() > deadline)
      throw workdir.inUse(', or one that lets other terminals join (what uses it does not answer)');
    await pause(pauseMillis, stop.signal);
  }
  return undefined;
}

async function tryJoin(
  workdir: Workdir,
  settings: GuestSettings,
  listener: CampaignListener,
  stop: Stop,
): Promise<CampaignEnd | 'nobody' | 'gone'> {
  const folder = new SocketFolder(workdir);
  try {
    const socket = await folder.connect();
    if (socket === undefined) return 'nobody';
    return (await joinCampaign(socket, settings, listener, stop)) ?? 'gone';
  } finally {
    folder.close();
  }
}

import type { CampaignOptions } from '../../api/campaign.js';
import type { CampaignDatabase } from '../../store/database.js';
import { readAddress } from '../../util/engine-address.js';
import { EngineTransport } from './engine/engine-transport.js';
import { FolderTransport } from './folder/folder-transport.js';
import { machineOf } from './machine-identity.js';
import type { SyncHost, SyncSettings } from './sync-host.js';
import { SyncLoop } from './sync-loop.js';
import type { Transport } from './transport.js';

/** The sync of a campaign that is to begin. */
export interface PlannedSync {
  /** Stands in the numbers of this machine's candidates. */
  readonly machineNumber: number;
  start(host: SyncHost): SyncLoop;
}

/** How a campaign is to be shared; undefined where it is not. */
export function planSync(options: CampaignOptions, database: CampaignDatabase): PlannedSync | undefined {
  const place = placeOf(options);
  if (place === undefined) return undefined;
  const settings: SyncSettings = {
    direction: options.syncDirection,
    intervalMillis: options.syncMillis ?? place.intervalMillis,
    bytesPerSecond: options.syncBandwidth * 1024,
    limits: options.syncLimits,
    collect: options.collect,
  };
  const identity = machineOf(database);
  return {
    machineNumber: identity.number,
    start: (host) => new SyncLoop(place.transport, host, settings, identity),
  };
}

function placeOf({
  sync,
  syncFolder,
  syncKeep,
}: CampaignOptions): { readonly transport: Transport; readonly intervalMillis: number } | undefined {
  const address = sync === undefined ? undefined : readAddress(sync);
  if (address !== undefined)
    return { transport: new EngineTransport(address, syncKeep * 2 ** 20), intervalMillis: 1_000 };
  if (syncFolder !== undefined) return { transport: new FolderTransport(syncFolder), intervalMillis: 10_000 };
  return undefined;
}

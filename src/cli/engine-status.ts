import { readEngine } from '../campaign/sync/engine/engine-status.js';
import { TransportTrouble } from '../campaign/sync/transport.js';
import { engineAddress } from '../options/kinds.js';
import { outputObject } from '../report/json/line-schema.js';
import { engineLines } from '../report/machines-text.js';
import { addressInWords, readAddress, withoutPassword } from '../util/engine-address.js';
import { invalid, unusable } from '../util/errors.js';
import { printJson, printLine } from './output.js';

/**
 * Says how a campaign stands that machines share by an engine. UserError (2) for what is no address, (78) for an engine
 * that does not answer or has no such campaign.
 */
export async function showEngine(url: string, asJson: boolean): Promise<void> {
  const address = readAddress(url);
  if (address === undefined) throw invalid('campaign', withoutPassword(url), engineAddress.expected);
  const place = addressInWords(address);
  try {
    const { format, ...status } = await readEngine(address);
    if (format === undefined) throw unusable('campaign', place, 'one that machines have shared');
    const shown = { ...status, place, began: status.began ?? '' };
    if (asJson) printJson(outputObject('shared campaign status', shown));
    else engineLines(shown).forEach(printLine);
  } catch (error) {
    if (error instanceof TransportTrouble) throw unusable('campaign', place, error.wanted);
    throw error;
  }
}

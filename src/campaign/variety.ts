import type { Snapshot } from '../api/campaign.js';
import { isMonotonous } from '../report/variety.js';

/** A warning where the candidates so far all look the same to Lean; undefined where they do not, or it is too early. */
export function varietyWarning({
  candidates,
  features,
  declarations,
  declarationsAccepted,
}: Snapshot): string | undefined {
  if (!isMonotonous({ candidates, features })) return undefined;
  return (
    `warning: ${candidates} candidates have shown ${features} different behaviours only, so nothing guides the search; ` +
    `${declarationsAccepted} of ${declarations} declarations were accepted`
  );
}

import type { Snapshot } from '../api/campaign.js';

/** Candidates after which feedback should have shown something. */
const enough = 500;
/** Fewer different behaviours than this say that nothing that Lean does depends on the candidate. */
const fewFeatures = 12;

/** A warning where the candidates so far all look the same to Lean; undefined where they do not, or it is too early. */
export function varietyWarning({
  candidates,
  features,
  declarations,
  declarationsAccepted,
}: Snapshot): string | undefined {
  if (candidates < enough || features >= fewFeatures) return undefined;
  return (
    `warning: ${candidates} candidates have shown ${features} different behaviours only, so nothing guides the search; ` +
    `${declarationsAccepted} of ${declarations} declarations were accepted`
  );
}

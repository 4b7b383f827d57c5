/** Candidates after which feedback should have shown something. */
const enough = 500;
/** Fewer different behaviours than this say that nothing that Lean does depends on the candidate. */
const fewFeatures = 12;

/** Whether all candidates so far look the same to Lean, and nothing guides the search. */
export function isMonotonous({ candidates, features }: { candidates: number; features: number }): boolean {
  return candidates >= enough && features < fewFeatures;
}

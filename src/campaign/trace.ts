import type { Candidate } from '../api/candidate.js';
import type { Verdict } from '../api/verdict.js';
import { leanTextOf } from '../ir/unit/unit.js';
import { contentId } from '../share/entry-codec.js';
import { asJson } from '../util/printable.js';

/** One candidate and its verdict as a line of JSON: what two runs of the same seed have to agree on. */
export function traceLine(candidate: Candidate, verdict: Verdict): string {
  const { run, parents, mutators, categories } = candidate.lineage;
  return asJson({
    run,
    id: contentId(candidate),
    parents,
    mutators,
    categories,
    verdict: verdict.kind,
    reasons: verdict.reasons,
    units: candidate.units.map((unit) => leanTextOf(unit) ?? unit.hash),
  });
}

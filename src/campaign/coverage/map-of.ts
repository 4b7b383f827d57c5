import type { CodeMap } from '../../api/code-map.js';
import type { CampaignRecord } from '../../api/report.js';
import { codeMapOf } from '../../execute/native/code/cached-map.js';

/** The map of a campaign's Lean, or why there is none. */
export function mapOf({ lean }: Pick<CampaignRecord, 'lean'>): CodeMap | string {
  if (lean.kind !== 'native') return 'a campaign on the embedded Lean';
  return codeMapOf(lean);
}

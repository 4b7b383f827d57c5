import { createHash } from 'node:crypto';
import type { CampaignOptions } from '../../api/campaign.js';
import type { Lean } from '../../api/lean.js';
import { codeMapOf } from '../../execute/native/code/cached-map.js';
import type { CodeMap } from '../../api/code-map.js';
import { messageOf, UserError } from '../../util/errors.js';

/**
 * The code of the kernel that a campaign watches; undefined where it watches none. `notice` hears in one line why
 * that is, where it was wanted: by name, or of a Lean that could have it.
 */
export function watchedCode(
  { coverage }: Pick<CampaignOptions, 'coverage'>,
  lean: Lean | undefined,
  isNamed: boolean,
  notice: (text: string) => void,
): CodeMap | undefined {
  if (coverage === 'off') return undefined;
  if (lean?.kind !== 'native') {
    const why = lean === undefined ? 'the Lake target' : 'the embedded Lean';
    if (isNamed) notice(`coverage is off: ${why} has no kernel whose code is watched`);
    return undefined;
  }
  const map = mapOf(lean);
  if (typeof map !== 'string') return map;
  notice(`coverage is off: ${map} (${lean.name})`);
  return undefined;
}

function mapOf(lean: Extract<Lean, { kind: 'native' }>): CodeMap | string {
  try {
    return codeMapOf(lean);
  } catch (error) {
    if (error instanceof UserError) return messageOf(error);
    throw error;
  }
}

/** The same for the same blocks. */
export function mapHash({ blocks }: CodeMap): string {
  return createHash('sha256')
    .update(blocks.map(({ offset }) => offset).join())
    .digest('hex');
}

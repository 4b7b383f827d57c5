import type { CampaignOptions } from '../../api/campaign.js';
import { checkersOf } from '../../api/checker.js';
import { describeLean, isSameLean, type Lean } from '../../api/lean.js';
import { labelsOf, type Asked } from '../../api/opinion.js';
import { checkersBeside } from '../../execute/checker/found-checkers.js';
import { isNanoda } from '../../execute/checker/how-it-runs.js';
import { defaultZygoteOptions } from '../../execute/zygote/zygote-options.js';
import { chooseLean, zygoteOf } from '../../execute/native/chosen-lean.js';
import { nameIn, type Named } from '../../options/named.js';
import { invalid } from '../../util/errors.js';
import { tryCheckers } from './try-checkers.js';
import type { AskedLeanOptions, DeskOptions } from './protocol.js';

/**
 * Who is asked besides the campaign's Lean; undefined where nobody is. UserError (2) that names the option. What
 * nobody has given was kept by a campaign that is resumed, or stands in the user's settings: that is no error. The
 * signal's reason where that is aborted while they are tried.
 */
export async function deskOptionsOf(
  options: CampaignOptions,
  lean: Lean | undefined,
  isResumed: boolean,
  named: Named,
  notice: (text: string) => void,
  signal: AbortSignal,
): Promise<DeskOptions | undefined> {
  const nameOf = (key: keyof CampaignOptions): string => nameIn(named, key);
  const { against, level, kernelMutant, jobMillis, memoryLimitMiB } = options;
  const option = nameOf('against');
  const [first] = against;
  const checkers = checkersOf(options.checkers);
  if (lean === undefined) {
    if (first !== undefined)
      throw invalid(option, first, 'none: the Lake target asks nothing of a kernel alone');
    const other = options.checkers.find((_, index) => checkers[index] && !isNanoda(checkers[index]));
    if (other === undefined) return undefined;
    throw invalid(
      nameOf('checkers'),
      other,
      'nanoda=PROGRAM, the one that comparator takes on the Lake target',
    );
  }
  if (level === 'source') {
    const asked = (['against', 'checkers'] as const).filter((key) => options[key].length > 0);
    const now = asked.find((key) => named.given.has(key));
    if (now !== undefined) throw invalid(nameOf(now), options[now][0], `${nameOf('level')} kernel or both`);
    if (asked.length > 0)
      notice('the others of this campaign are not asked: they are asked about declarations, at kernel level');
    return undefined;
  }
  const useful = await tryCheckers(checkers, checkersBeside(lean), { lean, jobMillis, notice, signal });
  if (against.length + useful.length === 0) return undefined;
  const limits = { ...defaultZygoteOptions, memoryLimitMiB };
  const others: Omit<AskedLeanOptions, 'label'>[] = [];
  // With a planted bug it is another kernel than the one of the same library.
  const taken: Lean[] = kernelMutant === undefined ? [lean] : [];
  const isFromFile = isResumed && !named.given.has('against');
  for (const which of against) {
    const use = { level: 'kernel', mutant: null } as const;
    const { lean: other } = await chooseLean(which, use, { option, isFromFile });
    const same = taken.find((one) => isSameLean(one, other));
    if (same !== undefined)
      throw invalid(option, which, `another Lean than ${describeLean(same)}, which is named already`);
    taken.push(other);
    others.push({ lean: other, zygote: { ...limits, ...(await zygoteOf(other, use)) } });
  }
  const own = await zygoteOf(lean, { level: 'kernel', mutant: kernelMutant ?? null });
  const asked: Asked[] = [lean, ...others.map(({ lean: other }) => other)].map((one, index) => ({
    ...{ kind: 'lean', lean: one },
    ...(index === 0 && kernelMutant !== undefined ? { mutant: kernelMutant } : {}),
  }));
  const [ownLabel = '', ...labels] = labelsOf(asked);
  return {
    own: {
      lean,
      label: ownLabel,
      zygote: { ...limits, ...own },
      ...(kernelMutant && { mutant: kernelMutant }),
    },
    others: others.map((other, index) => ({ ...other, label: labels[index] ?? '' })),
    ...{ checkers: useful, jobMillis },
  };
}

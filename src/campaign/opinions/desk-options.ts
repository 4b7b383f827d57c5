import type { CampaignOptions } from '../../api/campaign.js';
import { describeLean, isSameLean, type Lean } from '../../api/lean.js';
import { labelsOf, type Asked } from '../../api/opinion.js';
import { defaultZygoteOptions } from '../../execute/zygote/zygote-options.js';
import { chooseLean, zygoteOf } from '../../execute/native/chosen-lean.js';
import { invalid } from '../../util/errors.js';
import type { AskedLeanOptions, DeskOptions } from './protocol.js';

/** Who is asked besides the campaign's Lean; undefined where nobody is. UserError (2) that names the option. */
export async function deskOptionsOf(
  options: CampaignOptions,
  lean: Lean | undefined,
  nameOf: (key: keyof CampaignOptions) => string,
): Promise<DeskOptions | undefined> {
  const { against, level, kernelMutant, jobMillis, memoryLimitMiB } = options;
  if (against.length === 0) return undefined;
  const option = nameOf('against');
  const [named = ''] = against;
  if (lean === undefined)
    throw invalid(option, named, 'none: the Lake target asks nothing of a kernel alone');
  if (level === 'source') throw invalid(option, named, `${nameOf('level')} kernel or both`);
  const limits = { ...defaultZygoteOptions, memoryLimitMiB };
  const others: Omit<AskedLeanOptions, 'label'>[] = [];
  // With a planted bug it is another kernel than the one of the same library.
  const taken: Lean[] = kernelMutant === undefined ? [lean] : [];
  for (const which of against) {
    const use = { level: 'kernel', mutant: null } as const;
    const { lean: other } = await chooseLean(which, use, { option });
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
  const [first = '', ...labels] = labelsOf(asked);
  return {
    own: { lean, label: first, zygote: { ...limits, ...own }, ...(kernelMutant && { mutant: kernelMutant }) },
    others: others.map((other, index) => ({ ...other, label: labels[index] ?? '' })),
    jobMillis,
  };
}

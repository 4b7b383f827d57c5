import type { CampaignOptions } from '../api/campaign.js';
import type { InputLevel } from '../api/execution.js';
import type { Lean } from '../api/lean.js';
import { whySourceIsUntried } from '../execute/native/chosen-lean.js';
import { importsOf } from '../execute/native/core-library.js';
import { messageOf } from '../util/errors.js';

/** A custom mutator's file, and the levels that it is for. */
export interface MutatorLevels {
  readonly file: string;
  readonly levels: readonly InputLevel[];
}

type Level = CampaignOptions['level'];

/**
 * The level of a campaign for which nobody named one, and its Lean (`choose` finds one for a level): both, or the one
 * that all of the user's words are for, or the one that this Lean can be fuzzed at. `notice` hears in one line why it
 * is not both. Where `signal` is aborted, nothing is tried.
 */
export async function chooseLevel(
  options: CampaignOptions,
  mutators: readonly MutatorLevels[],
  choose: (level: Level) => Promise<Lean | undefined>,
  notice: (text: string) => void,
  signal: AbortSignal,
): Promise<{ readonly level: Level; readonly lean: Lean | undefined }> {
  const { level, because } = levelMeant(options, mutators);
  if (level !== 'both') {
    notice(`level ${level} runs: ${because}`);
    return { level, lean: await choose(level) };
  }
  // Any Lean can be fuzzed at the kernel level: none is passed over for what it lacks.
  const lean = await choose('kernel');
  const lacking = lean?.kind === 'native' ? await whyNoSource(lean, signal) : undefined;
  if (lacking === undefined) return { level, lean };
  notice(`level kernel runs, and not both: ${lacking}`);
  return { level: 'kernel', lean };
}

/** The level that the user's words are for. */
function levelMeant(
  { target, grammar, against, checkers }: CampaignOptions,
  mutators: readonly MutatorLevels[],
): { readonly level: Level; readonly because: string } {
  if (target === 'lake') return { level: 'source', because: 'the Lake target has no other' };
  const words: { readonly name: string; readonly levels: readonly InputLevel[] }[] = [
    ...(grammar === undefined ? [] : [{ name: `grammar ${grammar}`, levels: ['source'] as const }]),
    ...mutators.map(({ file, levels }) => ({ name: `mutator ${file}`, levels })),
    ...(against.length + checkers.length === 0
      ? []
      : [{ name: 'who is asked besides', levels: ['kernel'] as const }]),
  ];
  const levels = new Set(words.flatMap((word) => word.levels));
  const [level] = levels;
  if (level === undefined || levels.size > 1) return { level: 'both', because: '' };
  const names = words.map(({ name }) => name).join(', ');
  const because = `${names} ${words.length === 1 ? 'is' : 'are'} for no other; --level both runs the other beside it`;
  return { level, because };
}

/** Why source level can't run on a native Lean; undefined where it can. */
async function whyNoSource(
  lean: Extract<Lean, { kind: 'native' }>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const untried = whySourceIsUntried(lean);
  if (untried !== undefined) return untried;
  try {
    await importsOf(lean, signal);
    return undefined;
  } catch (error) {
    return signal.aborted ? undefined : messageOf(error);
  }
}

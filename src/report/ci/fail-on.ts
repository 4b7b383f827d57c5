import type { FoundInRun } from '../../api/campaign.js';
import { leadClasses, type LeadClass } from '../../api/signature.js';
import { didYouMean } from '../../util/closest.js';
import { invalid } from '../../util/errors.js';

/** Finds that let a pipeline fail besides new proofs of False. */
export type FailOn =
  /** Proofs of False that a baseline knows. */
  | { readonly kind: 'known' }
  /** New leads, of one class or of any but completeness, which has to be named. */
  | { readonly kind: 'lead'; readonly leadClass?: LeadClass };

/** A value of --fail-on. UserError (2) for another one. */
export function parseFailOn(text: string): FailOn {
  if (text === 'known') return { kind: 'known' };
  if (text === 'lead') return { kind: 'lead' };
  const leadClass = leadClasses.find((name) => text === `lead:${name}`);
  if (leadClass !== undefined) return { kind: 'lead', leadClass };
  const meant = didYouMean(text, ['known', 'lead', ...leadClasses.map((name) => `lead:${name}`)]);
  throw invalid('--fail-on', text, `known, lead, or lead: and one of ${leadClasses.join(', ')}${meant}`);
}

/** Whether a find lets a pipeline fail. */
export function fails(find: FoundInRun, failOn: readonly FailOn[]): boolean {
  const isNew = find.known === undefined;
  if (find.kind === 'solution') return isNew || failOn.some(({ kind }) => kind === 'known');
  return (
    isNew &&
    failOn.some(
      (one) =>
        one.kind === 'lead' &&
        (one.leadClass === undefined ? find.leadClass !== 'completeness' : one.leadClass === find.leadClass),
    )
  );
}

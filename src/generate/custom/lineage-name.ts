/** A change that was made to a candidate. Its lineage keeps the text of it, see {@link lineageName}. */
export interface Change {
  /** The mutator's name as its yield has it: `splice`, or `custom:NAME` of the user's, with a `+` for a crossover. */
  readonly mutator: string;
  readonly isCustom: boolean;
  /** The words of a custom mutator about it; empty for none. */
  readonly words: string;
}

const prefix = 'custom:';

/** A change by a mutator of this package. */
export function builtInChange(mutator: string): Change {
  return { mutator, isCustom: false, words: '' };
}

/** A change by a mutator of the user's, by the name that it has there. */
export function customChange(name: string, words: string): Change {
  return { mutator: prefix + name, isCustom: true, words };
}

/** The text of a change as lineages have it: the mutator's name, and what that says it did. */
export function lineageName({ mutator, words }: Change): string {
  return words === '' ? mutator : `${mutator}:${words}`;
}

/**
 * The mutator of a text in a stored lineage. Campaigns, exported entries and other machines have changes as texts alone,
 * so that whoever reads those back comes by here; what makes candidates and learns from them has the change itself.
 */
export function mutatorIn(text: string): string {
  return text.startsWith(prefix) ? text.split(':').slice(0, 2).join(':') : text;
}

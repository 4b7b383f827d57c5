import { describeSize } from '../../store/finding-size.js';
import { namesOf, type Subject } from './subject.js';

/** A reason of a finding: what is said of its form, or was said of a former one. Findings keep it as text. */
interface Reason {
  readonly says: string;
  readonly isFormer: boolean;
}

const formerMark = 'before minimising: ';

function textOf({ says, isFormer }: Reason): string {
  return isFormer ? formerMark + says : says;
}

/** The one place where the text is read back: a finding that was stored, or sent, is made smaller once more. */
function reasonOf(text: string): Reason {
  const isFormer = text.startsWith(formerMark);
  return { says: isFormer ? text.slice(formerMark.length) : text, isFormer };
}

/**
 * The reasons of a finding that was made smaller: what its form now shows, and what was said of the former one, marked
 * where that is said otherwise now, or speaks of a name that is gone.
 */
export function restate(
  reasons: readonly string[],
  shown: readonly string[],
  before: Subject,
  after: Subject,
): string[] {
  const left = namesOf(after);
  const texts = after.candidate.units.map((unit) => (unit.form === 'kernel' ? '' : unit.text));
  const gone = [...namesOf(before)].filter(
    (name) => !left.has(name) && !texts.some((text) => mentions(text, name)),
  );
  const isNews = shown.some((says) => !reasons.includes(says));
  const others = reasons.flatMap((text, index): Reason[] => {
    if (shown.includes(text)) return [];
    const { says, isFormer } = reasonOf(text);
    return [
      { says, isFormer: isFormer || (index === 0 && isNews) || gone.some((name) => mentions(says, name)) },
    ];
  });
  return [...shown, ...others.map(textOf)];
}

/** The same, and how much smaller it was made. */
export function restateSmaller(
  reasons: readonly string[],
  shown: readonly string[],
  before: Subject,
  after: Subject,
): string[] {
  const how = `minimised: ${describeSize(before)} to ${describeSize(after)}`;
  return [...restate(reasons, shown, before, after), how];
}

/** Whether a name stands in a text, and is not the middle of another one. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!partOfName.test(text[at - 1] ?? '') && !partOfName.test(text[at + name.length] ?? '')) return true;
  }
  return false;
}

const partOfName = /[\p{L}\p{N}_!?']/u;

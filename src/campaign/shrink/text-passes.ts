import { TextUnit } from '../../ir/unit/text-unit.js';
import { leanTextOf } from '../../ir/unit/unit.js';
import type { Pass } from './shrink.js';
import { cuts, dropUnits, withUnits, type Subject, passOf } from './subject.js';

/** The texts of a source-level subject in order, that of the claim last. */
function textsOf({ candidate, claim }: Subject): string[] {
  const texts = candidate.units.map((unit) => leanTextOf(unit) ?? '');
  return claim === undefined || claim.step.kind === 'declaration' ? texts : [...texts, claim.step.text];
}

function withTexts(subject: Subject, texts: readonly string[]): Subject {
  const { candidate, claim } = subject;
  const units = candidate.units.map((unit, index) => {
    const { kind, declares, uses, expected } = unit;
    const text = texts[index];
    const isChanged = text !== undefined && text !== leanTextOf(unit);
    return isChanged ? new TextUnit({ kind, declares, uses, expected }, text) : unit;
  });
  const claimed = texts[candidate.units.length];
  if (claim === undefined || claim.step.kind === 'declaration' || claimed === undefined)
    return withUnits(subject, units);
  return { ...withUnits(subject, units), claim: { ...claim, step: { ...claim.step, text: claimed } } };
}

/** A pass that takes runs of parts out of one text at a time, the last text first. */
function cutParts(name: string, split: (text: string) => string[]): Pass<Subject> {
  return passOf(name, function* (subject) {
    const texts = textsOf(subject);
    for (let index = texts.length - 1; index >= 0; index--) {
      for (const kept of cuts(split(texts[index] ?? '')))
        yield () => withTexts(subject, texts.with(index, kept().join('')));
    }
  });
}

/** Lines with their ends. */
const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? [];

/** Words, brackets and symbols, each with the space behind it. */
const tokens = (text: string): string[] =>
  text.match(/(?:[\p{L}\p{N}_.'!?₀-₉]+|[^\s\p{L}\p{N}_])\s*|\s+/gu) ?? [];

/** Removes a pair of brackets with its content, or the brackets only. */
const unwrap = passOf('unwrap brackets', function* (subject) {
  const texts = textsOf(subject);
  for (const [index, text] of texts.entries()) {
    for (const [open, close] of bracketsOf(text)) {
      const [before, inner, after] = [
        text.slice(0, open),
        text.slice(open + 1, close),
        text.slice(close + 1),
      ];
      yield () => withTexts(subject, texts.with(index, `${before}${after}`));
      yield () => withTexts(subject, texts.with(index, `${before}${inner}${after}`));
    }
  }
});

/** Where brackets that belong together open and close. */
function bracketsOf(text: string): [open: number, close: number][] {
  const pairs: [number, number][] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if ('([{⟨'.includes(text.charAt(at))) open.push(at);
    const start = ')]}⟩'.includes(text.charAt(at)) ? open.pop() : undefined;
    if (start !== undefined) pairs.push([start, at]);
  }
  return pairs.sort(([a], [b]) => a - b);
}

/** Pattern of generated names. */
const generated = /(?<![\p{L}\p{N}_])[\p{L}]\w*_\d+\b/gu;

/** Gives generated names one letter, everywhere at once, and one name at a time where that does not do. */
const simplifyNames = passOf('simplify names', function* (subject) {
  const texts = textsOf(subject);
  const names = [...new Set(texts.flatMap((text) => text.match(generated) ?? []))];
  const rename = (chosen: readonly string[]): Subject =>
    withTexts(
      subject,
      texts.map((text) =>
        text.replace(generated, (name) => {
          const at = chosen.indexOf(name) < 0 ? -1 : names.indexOf(name);
          return at < 0
            ? name
            : `${String.fromCharCode(65 + (at % 26))}${at < 26 ? '' : Math.floor(at / 26)}`;
        }),
      ),
    );
  yield () => rename(names);
  for (const name of names) yield () => rename([name]);
});

const trimSpace = passOf('trim space', function* (subject) {
  yield () =>
    withTexts(
      subject,
      textsOf(subject).map((text) => text.replace(/[ \t]+$/gm, '').trim()),
    );
});

/** Edits of source-level subjects, in the order in which they pay: each try costs milliseconds of Lean. */
export const textPasses: readonly Pass<Subject>[] = [
  dropUnits,
  cutParts('drop lines', lines),
  unwrap,
  cutParts('drop tokens', tokens),
  simplifyNames,
  trimSpace,
];

import { existsSync } from 'node:fs';
import { nativeHeading } from './finding-files.js';
import { readBounded, replaceFile, RootFolder } from '../util/files.js';
import { asMarkdown } from '../util/markup.js';
import { asJson } from '../util/printable.js';

/** The answer of a native toolchain to a finding; `native.json` in the finding's folder. */
export interface NativeAnswer {
  /**
   * `confirmed`: Lake and every checker that answered accept it, and a checker is among them. `refused`: nobody does.
   * `disputed`: some do. `unknown`: there was no answer.
   */
  readonly verdict: 'confirmed' | 'refused' | 'disputed' | 'unknown';
  /** The combination of answers, e.g. `lake_pass_comp_pass_safe_none`. */
  readonly row: string | null;
  readonly reasons: readonly string[];
  /** The toolchain's own description, and its version. */
  readonly toolchain: string;
  readonly leanVersion: string;
  /** The Lean that the finding was found on. */
  readonly foundOn: string;
}

/** Bytes of a README that is read: far more than any that is written. */
const maxReadmeBytes = 16 << 20;

/** Records an answer in the finding's folder, and a line of it in the README; an older answer is replaced. */
export function writeNativeAnswer(folder: string, answer: NativeAnswer): void {
  const root = new RootFolder(folder);
  replaceFile(root.at('native.json'), `${asJson(answer, 2)}\n`);
  const readme = root.at('README.md');
  if (!existsSync(readme)) return;
  const [before = ''] = readBounded(readme, maxReadmeBytes).toString().split(nativeHeading);
  const lines = [`${answer.verdict}, by ${answer.toolchain}`, ...answer.reasons].map(
    (text) => `- ${asMarkdown(text)}`,
  );
  replaceFile(readme, `${before}${nativeHeading}\n${lines.join('\n')}\n`);
}

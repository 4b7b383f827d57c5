import { accepts, noAnswer, refuses, type Answer } from '../../api/answer.js';
import type { Checker } from '../../api/checker.js';
import { saysCutShort, saysLimit } from '../../api/limits.js';
import { undeclaredIn } from '../../kernel/export/undeclared.js';
import { findProgram } from '../../util/find-program.js';
import { shellWord } from '../../util/shell.js';
import { describeEnding, type CommandResult } from '../lake/server-protocol.js';

/** The answer of a checker, and whether the shell found no program to run, or none that can be executed. */
export type RunAnswer = Answer & { readonly cannotRun?: boolean };

/** How a shell ends then. */
const cannotRun = new Set([126, 127]);

/** Names of the files that lie in the folder in which a checker runs. */
export const exportName = 'finding.ndjson';
export const configName = 'nanoda.json';

/**
 * nanoda reads a configuration and no export, and says with a panic (101) what the arena says with 1. By its name,
 * and where its command is a program alone, it is run so.
 */
export function isNanoda({ name, command }: Checker): boolean {
  return name === 'nanoda' && !/\bIN\b/.test(command);
}

/** The program of nanoda among some checkers, for those who call it themselves; undefined where it is not there. */
export function nanodaProgram(checkers: readonly Checker[]): string | undefined {
  const nanoda = checkers.find(isNanoda);
  return nanoda && findProgram(nanoda.command);
}

/** The command as a shell takes it, in the folder with the export. */
export function commandOf(checker: Checker): string {
  return isNanoda(checker) ? `${checker.command} ${shellWord(configName)}` : checker.command;
}

/** The same as words: a shell that has IN in its environment. */
export function wordsOf(checker: Checker): readonly [string, ...string[]] {
  return ['env', `IN=${exportName}`, '/bin/sh', '-c', commandOf(checker)];
}

/**
 * The answer that a run comes to: 0 accepts, 1 refuses, 2 declines, and all else is no answer. What it says of a file
 * in which something is mentioned that nobody declared is none either.
 */
export function answerOf(checker: Checker, result: CommandResult, exported: string): RunAnswer {
  if (result.ending !== 'exited') return noAnswer(describeEnding(result));
  const { code } = result;
  const output = [result.stdout, result.stderr].filter((text) => text !== '').join('\n');
  if (code === 0) return accepts;
  if (code === 2) return noAnswer('it declined');
  const isRefusal = code === 1 || (code === 101 && isNanoda(checker));
  if (!isRefusal)
    return { ...noAnswer(`it ended with ${code}${lastLine(output)}`), cannotRun: cannotRun.has(code) };
  if (saysCutShort(output) || saysLimit(output)) return noAnswer('it met a limit');
  const lacking = undeclaredIn(exported);
  if (lacking.length > 0) return noAnswer(`the export never declares ${lacking.join(', ')}`);
  return refuses(whyOf(output));
}

/** The line of its output that says most: what a panic says stands behind where it happened. */
function whyOf(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const panic = lines.findIndex((line) => /^thread .* panicked at/.test(line));
  return (panic < 0 ? lines.at(-1) : (lines[panic + 1] ?? lines[panic])) ?? 'without a word';
}

function lastLine(output: string): string {
  const last = output.trim().split('\n').at(-1) ?? '';
  return last === '' ? '' : `: ${last.slice(0, 200)}`;
}

import { cpSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { dirSync } from 'tmp';
import { accepts, noAnswer, refuses, type Answer } from '../../api/answer.js';
import type { Candidate } from '../../api/candidate.js';
import type { Claim } from '../../api/execution.js';
import { saysCutShort, saysLimit } from '../../api/limits.js';
import { wordOf } from '../../judge/checks.js';
import { undeclaredIn } from '../../kernel/export/undeclared.js';
import {
  answersFile,
  certificationFiles,
  certificationFolder,
  exportFile,
} from '../../store/certification-files.js';
import { writeBelow } from '../../store/finding-folder.js';
import { replaceFile } from '../../util/files.js';
import { asJson } from '../../util/printable.js';
import { shellCommand } from '../../util/shell.js';
import { kernelOf, type JobRunner } from '../../judge/ask/confirm.js';

/** What a checker said of a finding. */
export interface CheckerAnswer {
  readonly tool: string;
  readonly command: string;
  /** Whether the tool is on this machine. */
  readonly present: boolean;
  /** No answer: it is not here, crashed, ran out of time, declined, or could not start. */
  readonly answer: Answer;
  readonly exitCode: number | null;
  readonly seconds: number;
  /** The end of what it printed, or why there is no answer. */
  readonly output: string;
}

/** A checker's answer as answers.json and `--json` have it. */
export function recordOf({ present, answer, ...rest }: CheckerAnswer): object {
  return { ...rest, answer: present ? wordOf(answer) : 'absent' };
}

/** What all checkers together say of a finding. That Lake builds it is no answer: it takes any statement and any axiom. */
export function certified(answers: readonly CheckerAnswer[]): Answer {
  const named = (kind: Answer['kind']): string[] =>
    answers.filter(({ answer }) => answer.kind === kind).map(({ tool }) => tool);
  const refusing = named('refuses');
  if (refusing.length > 0) return refuses(`failed by ${refusing.join(', ')}`);
  if (named('accepts').some((tool) => tool !== 'lake')) return accepts;
  return noAnswer('no checker gave an answer');
}

interface Tool {
  readonly name: string;
  /** Where it is run, below the certification. */
  readonly folder: 'project' | 'arena';
  /** Programs that are needed, the tool itself last; a variable of the environment may name that. */
  readonly needs: readonly string[];
  readonly variable?: string;
  /** The command; `program` is the path of the tool. */
  command(program: string): readonly [string, ...string[]];
  /** Compiled files that must be there. */
  readonly after?: string;
  /** Exit codes that are no verdict. */
  readonly declines?: readonly number[];
}

const oleans = '.lake/build/lib/lean';

/** In the order in which they are run: what a build makes is there for those behind it. */
const tools: readonly Tool[] = [
  {
    name: 'comparator',
    folder: 'project',
    needs: ['lake', 'comparator'],
    variable: 'COMPARATOR_PATH',
    command: (program) => ['lake', 'env', program, 'config.json'],
  },
  {
    name: 'lake',
    folder: 'project',
    needs: ['lake'],
    command: () => ['lake', 'build', 'Challenge', 'Solution'],
  },
  {
    name: 'SafeVerify',
    folder: 'project',
    needs: ['lake', 'safe_verify'],
    variable: 'SAFEVERIFY_PATH',
    after: `${oleans}/Solution.olean`,
    command: (program) => [
      ...(['lake', 'env', program] as const),
      ...[`${oleans}/Challenge.olean`, `${oleans}/Solution.olean`],
    ],
  },
  {
    name: 'leanchecker',
    folder: 'project',
    needs: ['lake', 'leanchecker'],
    after: `${oleans}/Solution.olean`,
    command: (program) => ['lake', 'env', program, '--fresh', 'Solution'],
  },
  {
    name: 'nanoda',
    folder: 'arena',
    needs: ['nanoda_bin'],
    variable: 'NANODA_PATH',
    command: (program) => [program, 'nanoda.json'],
    declines: [2],
  },
];

/** Runs every checker that is on the machine over a copy of a finding's certification, and records what they say. */
export async function certify(folder: string, timeoutMillis: number): Promise<CheckerAnswer[]> {
  const certification = join(folder, certificationFolder);
  const copy = dirSync({ unsafeCleanup: true, prefix: 'lean-fuzz-certify-' });
  try {
    cpSync(certification, copy.name, { recursive: true });
    const answers: CheckerAnswer[] = [];
    for (const tool of tools) answers.push(await ask(tool, join(copy.name, tool.folder), timeoutMillis));
    const record = {
      ...{ format: 'lean-fuzz answers', version: 1, date: new Date().toISOString() },
      answers: answers.map(recordOf),
    };
    replaceFile(join(certification, answersFile), `${asJson(record, 2)}\n`);
    return answers;
  } finally {
    copy.removeCallback();
  }
}

async function ask(tool: Tool, cwd: string, timeout: number): Promise<CheckerAnswer> {
  const programs = tool.needs.map((name, at) =>
    find(name, at === tool.needs.length - 1 ? tool.variable : undefined),
  );
  const program = programs.at(-1) ?? tool.needs.at(-1) ?? tool.name;
  const [file, ...args] = tool.command(program);
  const lacking = tool.needs.filter((_, at) => programs[at] === undefined);
  const unasked = {
    tool: tool.name,
    command: shellCommand([file, ...args]),
    present: lacking.length === 0,
    exitCode: null,
    seconds: 0,
  };
  const silent = (why: string): CheckerAnswer => ({ ...unasked, answer: noAnswer(why), output: why });
  if (!existsSync(cwd)) return silent(`the finding has no ${tool.folder} for it`);
  if (lacking.length > 0) return silent(`not on the PATH: ${lacking.join(', ')}`);
  if (tool.after !== undefined && !existsSync(join(cwd, tool.after)))
    return silent(`${tool.after} was not built`);
  const result = await execa(file, args, {
    ...{ cwd, timeout, reject: false, all: true, stdin: 'ignore', maxBuffer: 1 << 20 },
    forceKillAfterDelay: 2000,
  });
  const { exitCode = null, durationMs, timedOut, isTerminated, all: printed } = result;
  const seconds = Math.round(durationMs / 100) / 10;
  if (timedOut) return { ...silent(`no answer after ${timeout} ms`), seconds };
  const output = printed.slice(-2000);
  const ended = isTerminated ? null : exitCode;
  return { ...unasked, answer: answerOf(tool, cwd, ended, output), exitCode: ended, seconds, output };
}

function answerOf(tool: Tool, cwd: string, exitCode: number | null, output: string): Answer {
  // A shell says 128 and the signal's number of a program that a signal ended; 126 and 127 of one that it could not start.
  if (exitCode === null || exitCode > 125) return noAnswer('it did not end by itself');
  if (tool.declines?.includes(exitCode) === true) return noAnswer('it declined');
  if (exitCode === 0) return accepts;
  if (saysCutShort(output) || saysLimit(output)) return noAnswer('it met a limit');
  if (tool.folder === 'arena') {
    // It may well have stopped at a constant that nobody declared, whatever it says.
    const lacking = undeclaredIn(readFileSync(join(cwd, exportFile), 'utf8'));
    if (lacking.length > 0) return noAnswer(`the export never declares ${lacking.join(', ')}`);
  }
  return refuses(output.trim().split('\n').at(-1) ?? '');
}

/** A program's path: from a variable of the environment, or from the PATH. */
function find(name: string, variable: string | undefined): string | undefined {
  const named = variable === undefined ? undefined : process.env[variable];
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Adds the export to a source-level finding: what its proof comes to is known when it was run. */
export async function addExport(
  runner: JobRunner,
  folder: string,
  finding: {
    readonly id: string;
    readonly candidate: Candidate;
    readonly claim: Claim;
    readonly reasons: readonly string[];
    readonly text: string;
    readonly leanVersion: string;
  },
): Promise<Answer> {
  const { id, candidate, claim, reasons, text, leanVersion } = finding;
  const kernel = await kernelOf(runner, candidate, claim);
  if (kernel.kind !== 'accepts') return kernel;
  const { declarations } = kernel;
  const verdict = { kind: 'solution', reasons, claim: claim.name, axioms: [], signature: '' } as const;
  const input = { id, folder, finding: { verdict, claim }, text, declarations, leanVersion };
  writeBelow(folder, certificationFiles(input));
  return accepts;
}

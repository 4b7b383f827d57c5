import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { dirSync } from 'tmp';
import { accepts, noAnswer, refuses, type Answer, type AnswerWith } from '../../api/answer.js';
import type { Checker } from '../../api/checker.js';
import { saysCutShort, saysLimit } from '../../api/limits.js';
import { knownBut } from '../../execute/checker/found-checkers.js';
import { answerOf as answerOfChecker, commandOf, wordsOf } from '../../execute/checker/how-it-runs.js';
import { withFencedFolder, type FencedFolder, type FenceSettings } from '../../execute/lake/fenced-folder.js';
import { describeEnding, type CommandResult } from '../../execute/lake/server-protocol.js';
import { causeIn } from '../../judge/cause.js';
import { wordOf } from '../../judge/checks.js';
import { commonEnvironment } from '../../kernel/base-environment.js';
import { arenaCase, type ArenaCase } from '../../store/arena-case.js';
import {
  answersFile,
  certificationFiles,
  certificationFolder,
  exportFile,
  type CertificationFile,
} from '../../store/certification-files.js';
import { correctAnswerTo, type CorrectAnswer } from '../../store/correct-answer.js';
import { writeBelow } from '../../store/finding-folder.js';
import { declarationsOf } from '../../store/declarations-of.js';
import { reproducerOf } from '../../store/reproducer.js';
import type { LoadedFinding } from '../../store/load-finding.js';
import { asJson } from '../../util/printable.js';
import { shellCommand } from '../../util/shell.js';
import { kernelOf } from '../../judge/ask/confirm.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';
import { wholeOf, type Whole } from '../../judge/ask/whole.js';

/** The answer of a checker to a finding. */
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

/** The combined answer of all checkers. A build by Lake is no answer: Lake accepts any statement and any axiom. */
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
  readonly folder: 'project';
  /** Programs that are needed, the tool itself last; a variable of the environment may name that. */
  readonly needs: readonly string[];
  readonly variable?: string;
  /** The command; `program` is the path of the tool. */
  command(program: string): readonly [string, ...string[]];
  /** Compiled files that must be there. */
  readonly after?: string;
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
];

/**
 * Runs every tool that is on the machine, and these checkers, over a finding's certification, made anew in a folder
 * of its own and inside the fence, and records what they say in the finding's folder. UserError (78) on a machine
 * without a fence.
 */
export async function certify(
  folder: string,
  files: readonly CertificationFile[],
  timeoutMillis: number,
  checkers: readonly Checker[],
  settings: FenceSettings = {},
): Promise<CheckerAnswer[]> {
  const made = dirSync({ unsafeCleanup: true, prefix: 'lean-fuzz-certify-' });
  try {
    writeBelow(made.name, files);
    const said = files.find(({ name }) => name === `${certificationFolder}/${exportFile}`)?.content;
    const answers = await withFencedFolder(
      join(made.name, certificationFolder),
      timeoutMillis,
      async (fenced) => {
        const all: CheckerAnswer[] = [];
        for (const tool of tools) all.push(await ask(tool, fenced));
        for (const checker of checkers) all.push(await askChecker(checker, fenced, said ?? ''));
        return [...all, ...knownBut(checkers).map(absent)];
      },
      settings,
    );
    const record = {
      ...{ format: 'lean-fuzz answers', version: 1, date: new Date().toISOString() },
      answers: answers.map(recordOf),
    };
    const name = `${certificationFolder}/${answersFile}`;
    writeBelow(folder, [...files, { name, content: `${asJson(record, 2)}\n` }]);
    return answers;
  } finally {
    made.removeCallback();
  }
}

async function ask(tool: Tool, fenced: FencedFolder): Promise<CheckerAnswer> {
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
  const cwd = join(fenced.folder, tool.folder);
  if (!existsSync(cwd)) return silent(`the finding has no ${tool.folder} for it`);
  if (lacking.length > 0) return silent(`not on the PATH: ${lacking.join(', ')}`);
  if (tool.after !== undefined && !existsSync(join(cwd, tool.after)))
    return silent(`${tool.after} was not built`);
  return { ...unasked, ...(await run(fenced, tool.folder, [file, ...args], answerOf)) };
}

/** Another kernel, which reads the export. */
async function askChecker(checker: Checker, fenced: FencedFolder, exported: string): Promise<CheckerAnswer> {
  const unasked = { tool: checker.name, command: commandOf(checker), present: true };
  const folder = 'arena';
  if (!existsSync(join(fenced.folder, folder))) {
    const why = `the finding has no ${folder} for it`;
    return { ...unasked, answer: noAnswer(why), exitCode: null, seconds: 0, output: why };
  }
  const judge = (result: CommandResult): Answer => answerOfChecker(checker, result, exported);
  return { ...unasked, ...(await run(fenced, folder, wordsOf(checker), judge)) };
}

function absent({ name, program }: { readonly name: string; readonly program: string }): CheckerAnswer {
  const why = `not beside the Lean, and not on the PATH: ${program}; --checker names it`;
  return {
    ...{ tool: name, command: program, present: false, answer: noAnswer(why) },
    ...{ exitCode: null, seconds: 0, output: why },
  };
}

type Ran = Pick<CheckerAnswer, 'answer' | 'exitCode' | 'seconds' | 'output'>;

async function run(
  fenced: FencedFolder,
  folder: string,
  words: readonly string[],
  judge: (result: CommandResult, output: string) => Answer,
): Promise<Ran> {
  const result = await fenced.run(folder, words);
  const seconds = Math.round(result.wallMicros / 100_000) / 10;
  const silent = (why: string): Ran => ({ answer: noAnswer(why), exitCode: null, seconds, output: why });
  if (result.ending === 'wall-clock') return silent(`no answer after ${fenced.commandMillis} ms`);
  if (result.ending !== 'exited') return silent(describeEnding(result));
  const output = [result.stdout, result.stderr]
    .filter((text) => text !== '')
    .join('\n')
    .slice(-2000);
  return { answer: judge(result, output), exitCode: result.code, seconds, output };
}

function answerOf({ code }: CommandResult, output: string): Answer {
  // A shell says 128 and the signal's number of a program that a signal ended; 126 and 127 of one that it could not
  // start.
  if (code > 125) return noAnswer('it did not end by itself');
  if (code === 0) return accepts;
  if (saysCutShort(output) || saysLimit(output)) return noAnswer('it met a limit');
  return refuses(output.trim().split('\n').at(-1) ?? '');
}

/** A program's path: from a variable of the environment, or from the PATH. */
function find(name: string, variable: string | undefined): string | undefined {
  const named = variable === undefined ? undefined : process.env[variable];
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** A finding as it was read, of which nothing but the decoded candidate and claim is run. */
export type Certifiable = Pick<LoadedFinding, 'candidate' | 'claim'> & {
  readonly file: Pick<
    LoadedFinding['file'],
    'id' | 'kind' | 'reasons' | 'correct' | 'leanVersion' | 'elaborated'
  >;
};

/** The files of a finding for other checkers. */
export interface Certification {
  readonly files: readonly CertificationFile[];
  /** Whether an export for other kernels is among them, or why not. */
  readonly exported: Answer;
}

/**
 * Makes what other checkers take of a finding from its candidate and claim. Of a solution at the source level, `lean`
 * says what its proof comes to; undefined leaves that out.
 */
export async function certificationOf(
  folder: string,
  { file, candidate, claim }: Certifiable,
  lean: JobRunner | undefined,
): Promise<Certification> {
  const { id, kind, reasons, leanVersion } = file;
  const said = await declarationsFor({ candidate, claim }, lean);
  const input = {
    id,
    folder,
    kind,
    reasons,
    isClaimed: claim !== undefined,
    correct: correctAnswer(file, { candidate, claim }),
    leanVersion,
  };
  const { declarations, assumed } = said.kind === 'accepts' ? said : { declarations: undefined, assumed: [] };
  const { elaborated } = file;
  const reproducer = reproducerOf({ candidate, claim, elaborated });
  const files = certificationFiles({ ...input, declarations, assumed, reproducer });
  return { files, exported: said.kind === 'accepts' ? accepts : said };
}

/** As the finding says, else by the theory, which may refuse what Leans answer differently. */
function correctAnswer(
  { correct, kind }: Pick<LoadedFinding['file'], 'correct' | 'kind'>,
  subject: Pick<LoadedFinding, 'candidate' | 'claim'>,
): CorrectAnswer | undefined {
  if (correct !== undefined || kind === 'solution') return correct ?? 'reject';
  if (subject.candidate.level !== 'kernel') return undefined;
  const cause = causeIn(commonEnvironment, declarationsOf(subject));
  return cause && correctAnswerTo({ kind, signature: cause });
}

/** The declarations of a finding, whole: of one at the source level, `lean` says what its proof comes to. */
async function declarationsFor(
  { candidate, claim }: Pick<LoadedFinding, 'candidate' | 'claim'>,
  lean: JobRunner | undefined,
): Promise<AnswerWith<Whole>> {
  if (candidate.level === 'kernel')
    return { kind: 'accepts', declarations: declarationsOf({ candidate, claim }), assumed: [] };
  if (lean === undefined || claim === undefined) return noAnswer('not asked');
  const kernel = await kernelOf(lean, candidate, claim);
  if (kernel.kind !== 'accepts') return kernel;
  return wholeOf(lean, { level: 'source', steps: [] }, kernel.declarations);
}

/** A finding as a test case of the Lean Kernel Arena; `file` is the path of its export as the description names it. */
export async function arenaCaseOf(
  { file: { id, kind, reasons, correct, leanVersion }, candidate, claim }: Certifiable,
  lean: JobRunner | undefined,
  file: string,
): Promise<AnswerWith<ArenaCase>> {
  const said = await declarationsFor({ candidate, claim }, lean);
  if (said.kind !== 'accepts') return said;
  const { declarations, assumed } = said;
  const answer = correctAnswer({ correct, kind }, { candidate, claim });
  const input = { id, kind, reasons, correct: answer, declarations, assumed, leanVersion, file };
  return { kind: 'accepts', ...arenaCase(input) };
}

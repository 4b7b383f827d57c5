import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { statSync } from 'node:fs';
import type { Command } from 'commander';
import type { Finding } from '../../api/entries.js';
import { asText } from '../../store/candidate-text.js';
import { maxExecutors, withExecutors } from '../../campaign/offline/with-lean.js';
import { withDispute, type Opponent } from '../../campaign/offline/opponent.js';
import { elaborated } from '../../campaign/shrink/elaborated.js';
import { minimize, type Minimized } from '../../campaign/shrink/minimize.js';
import { sizeOf } from '../../campaign/shrink/name-finding.js';
import { weigh } from '../../campaign/shrink/subject.js';
import type { Lean } from '../../api/lean.js';
import { knownOf } from '../../judge/known.js';
import { ownKernelFor } from '../../judge/own-kernel.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import { updateFindingFolder, writeFindingFolder } from '../../store/finding-folder.js';
import { loadFinding, type LoadedFinding } from '../../store/load-finding.js';
import { ExitCode, UserError, never, unusable } from '../../util/errors.js';
import { ownCommand, pathArgument } from '../../util/shell.js';
import { interruptible } from '../interrupt.js';
import { leanOfFinding, leanOfFindingOption, useOfFinding } from '../lean-option.js';
import { addOpponentOptions, opponentOf, type RawOpponent } from '../opponent-option.js';
import { printLine } from '../output.js';
import { integer, milliseconds } from '../parse.js';

interface RawOptions extends RawOpponent {
  lean?: string;
  time: string;
  cores?: string;
  timeout: string;
  out?: string;
}

export function addMinimize(program: Command): void {
  addOpponentOptions(program.command('minimize'))
    .description('make a finding smaller as long as the judge says the same of it')
    .argument('<finding>', "a finding's folder, or its finding.json")
    .addOption(leanOfFindingOption())
    .option('--time <time>', 'stop after this much time', '60s')
    .option('--cores <n>', `executors that try at the same time, up to ${maxExecutors} (default: all cores)`)
    .option('--timeout <time>', 'wall-clock limit of one try', '10s')
    .option('--out <dir>', "write the smaller finding below this folder, instead of into the finding's own")
    .addHelpText(
      'after',
      '\nExit code 77 for a solution, 0 for a lead, 78 where the finding does not reproduce, or no edit had an answer.\n\nExample:\n  $ npx lean-fuzz minimize solutions/solution-188f4ada4aaf641f --time 2m',
    )
    .action(async (path: string, raw: RawOptions) => {
      const time = milliseconds('--time', raw.time);
      const jobMillis = milliseconds('--timeout', raw.timeout);
      const cores =
        raw.cores === undefined
          ? Math.min(availableParallelism(), maxExecutors)
          : integer('--cores', raw.cores, 1, maxExecutors);
      const finding = loadFinding(path);
      const lean = await leanOfFinding(finding.file, raw.lean);
      const opponent = await opponentOf(path, finding.file, lean, raw);
      if (opponent !== undefined) {
        const limits = { jobMillis, millis: time };
        printLine(await minimizeDifference(path, raw.out, finding, lean, opponent, limits));
        return;
      }
      const before = { candidate: finding.candidate, claim: finding.claim };
      const overrides = await zygoteOf(lean, useOfFinding(finding.file));
      const result = await interruptible(({ signal, now }) =>
        withExecutors(cores, overrides, { jobMillis, signal, now }, async (executors) => {
          const deadline = performance.now() + time;
          const minimized = await minimize(executors, before, {
            own: ownKernelFor(lean),
            progress: progressLines(),
            isOver: () => performance.now() >= deadline || signal.aborted,
          });
          if (minimized.kind !== 'accepts') return minimized;
          return { ...minimized, finding: await elaborated(executors[0], smaller(finding, minimized)) };
        }),
      );
      switch (result.kind) {
        case 'refuses':
          throw unusable(path, 'not reproduced', 'a finding that reproduces here');
        case 'noAnswer':
          throw new UserError(`${path}: unknown whether it reproduces: ${result.why}`);
        case 'accepts': {
          printLine(`${sizeOf(before)} -> ${sizeOf(result.subject)}, ${result.tried} edits tried`);
          for (const line of endOf(result)) printLine(line);
          if (weigh(result.subject) < weigh(before))
            printLine(write(path, raw.out, finding, lean, result.finding));
          else printLine('the finding is as small as it was; nothing is written');
          const isSolution = finding.file.kind === 'solution';
          if (isUnanswered(result)) process.exitCode = ExitCode.unexpected;
          else process.exitCode = isSolution ? ExitCode.solution : ExitCode.clean;
          return;
        }
        default:
          never(result);
      }
    });
}

/** Makes a difference between two smaller, and returns what to say about it. */
async function minimizeDifference(
  path: string,
  out: string | undefined,
  finding: LoadedFinding,
  lean: Lean,
  opponent: Opponent,
  { jobMillis, millis }: { readonly jobMillis: number; readonly millis: number },
): Promise<string> {
  const { file, candidate } = finding;
  const own = { lean, mutant: file.kernelMutant };
  const small = await interruptible(({ signal }) =>
    withDispute(own, opponent, { jobMillis, signal }, (dispute) =>
      dispute.smaller(candidate, performance.now() + millis),
    ),
  );
  if (small === undefined) throw unusable(path, 'not reproduced', 'a difference that shows here');
  const [before, after] = [{ candidate }, { candidate: small.candidate }].map(sizeOf);
  const said = `${before} -> ${after}`;
  if (weigh(small) >= weigh({ candidate })) return `${said}; nothing is written`;
  const reasons = [...small.verdict.reasons, `minimised: ${before} to ${after}`];
  const named = { ...small, id: file.id, form: 'named', verdict: { ...small.verdict, reasons } } as const;
  return `${said}\n${write(path, out, finding, lean, named)}`;
}

/** Whether edits were tried, and not one of them had an answer. */
function isUnanswered({ tried, unanswered }: Minimized): boolean {
  return tried > 0 && unanswered === tried;
}

/** Why it ended where it did, and what got no answer on the way. */
function endOf(result: Minimized): string[] {
  const { complete, tried, unanswered, lastWhy, givenUp } = result;
  if (isUnanswered(result))
    return [`unknown: none of the ${tried} edits had an answer; to the last one because of ${lastWhy}`];
  const lines =
    unanswered > 0 ? [`no answer to ${unanswered} edits; to the last one because of ${lastWhy}`] : [];
  if (givenUp !== null)
    lines.push(`a smaller form was given up, for fresh executors do not say the same of it: ${givenUp}`);
  else if (!complete) lines.push('stopped early; more time may make it smaller');
  else lines.push(unanswered > 0 ? 'no other edit makes it smaller' : 'no edit makes it smaller');
  return lines;
}

/** Says how it goes, about once a second. */
function progressLines() {
  const start = performance.now();
  let shownAt = start;
  return (state: { pass: string; tried: number; units: number; weight: number }): void => {
    if (performance.now() - shownAt < 1000) return;
    shownAt = performance.now();
    const seconds = Math.round((shownAt - start) / 1000);
    printLine(
      `${seconds}s  ${state.pass}: ${state.units} declarations, size ${state.weight}, ${state.tried} edits tried`,
    );
  };
}

/** The finding that the minimiser has come to. */
function smaller({ file, candidate, claim }: LoadedFinding, result: Minimized): Finding {
  const { subject, axioms, signature } = result;
  const { lineage } = candidate;
  const from = sizeOf({ candidate, claim });
  const said = { reasons: [...file.reasons, `minimised: ${from} to ${sizeOf(subject)}`], signature };
  return {
    id: file.id,
    candidate: {
      ...subject.candidate,
      lineage: { ...lineage, mutators: [...lineage.mutators, 'minimize'] },
    },
    verdict:
      file.kind === 'solution'
        ? { kind: file.kind, ...said, claim: claim?.name ?? '', axioms }
        : { kind: file.kind, ...said },
    form: result.complete ? 'smallest' : 'named',
    outcome: file.outcome,
    ...(subject.claim === undefined ? {} : { claim: subject.claim }),
    worker: 0,
  };
}

/** Writes the smaller finding and returns what to say about it. */
function write(
  path: string,
  out: string | undefined,
  { file }: LoadedFinding,
  lean: Lean,
  finding: Finding,
): string {
  const text = asText(finding.candidate.units, finding.claim);
  const context = {
    target: 'embedded',
    lean,
    mutant: file.kernelMutant ?? undefined,
    elapsedSeconds: file.elapsedSeconds,
    limits: file.limits,
    known: file.known ?? knownOf([], file.kind, finding.verdict.signature, file.leanVersion),
  } as const;
  const own = statSync(path).isDirectory() ? path : basename(path) === 'finding.json' ? dirname(path) : null;
  const written =
    own === null || out !== undefined
      ? writeFindingFolder(out ?? dirname(path), finding, text, context)
      : updateFindingFolder(own, finding, text, context);
  return `replay with: ${ownCommand(['replay', pathArgument(written)], process.cwd())}`;
}

import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { FileAnswer } from '../../kernel/import/check-file.js';
import { checkInThread } from '../../kernel/import/check-in-thread.js';
import { faithful, strict, type Mode } from '../../kernel/mode.js';
import { invalid, messageOf, unusable } from '../../util/errors.js';
import { asJson } from '../../util/printable.js';
import { integer } from '../parse.js';
import { printLine } from '../output.js';

/** Exit codes of a checker in the Lean Kernel Arena; this command keeps to them. */
const exitCodes = { accepts: 0, refuses: 1, noAnswer: 2 } as const;
const words = { accepts: 'accepted', refuses: 'rejected', noAnswer: 'declined' } as const;

const defaultSteps = 10_000_000;

interface Options {
  readonly json?: true;
  readonly as?: string;
  readonly steps: string;
  readonly permittedAxioms?: string;
  readonly config?: string;
}

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('check a file of declarations (lean4export, NDJSON 3.1.0) with the kernel of lean-fuzz')
    .argument('[file]', 'the file (default: what the environment variable IN names)')
    .option('--as <release>', 'judge as this release of Lean does, such as 4.35.0 (default: by the theory)')
    .option('--steps <n>', 'steps that one declaration may take', String(defaultSteps))
    .option('--permitted-axioms <names>', 'axioms that the file may declare, with commas (default: any)')
    .option('--config <file>', 'a JSON file with "permitted_axioms", a list of names')
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      `
Exit codes, as in the Lean Kernel Arena: 0 accepted, 1 rejected, 2 declined; 78 wrong usage.
Without a file, it checks the one that the arena names in IN.

Examples:
  $ npx lean-fuzz check "$IN"
  $ npx lean-fuzz check certification/arena/finding.ndjson`,
    )
    .action(async (file: string | undefined, options: Options) => {
      const path = file ?? process.env['IN'] ?? '';
      if (path === '') throw invalid('file', path, 'a file, as argument or in the environment variable IN');
      const settings = {
        mode: modeOf(options.as),
        steps: integer('--steps', options.steps, 1, Number.MAX_SAFE_INTEGER),
        permittedAxioms: permittedAxioms(options),
      };
      const descriptor = opened(path);
      try {
        const reply = await checkInThread(descriptor, settings);
        if (reply.kind === 'unreadable')
          throw unusable('file', path, `a file that can be read (${reply.why})`);
        const { answer } = reply;
        printLine(options.json === true ? jsonOf(answer) : textOf(answer));
        process.exitCode = exitCodes[answer.answer.kind];
      } finally {
        closeSync(descriptor);
      }
    });
}

function opened(path: string): number {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    throw unusable('file', path, `a file that can be read (${messageOf(error)})`);
  }
  if (!fstatSync(descriptor).isDirectory()) return descriptor;
  closeSync(descriptor);
  throw unusable('file', path, 'a file, not a folder');
}

function modeOf(release: string | undefined): Mode {
  if (release === undefined) return strict;
  if (/^4\.\d+\.\d+$/.test(release)) return faithful(release);
  throw invalid('--as', release, 'a release of Lean, such as 4.35.0');
}

/** The axioms that the option and the configuration name; null where neither says anything. */
function permittedAxioms({ permittedAxioms: named, config }: Options): ReadonlySet<string> | null {
  const listed = config === undefined ? undefined : axiomsOf(config);
  const given = named
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return listed === undefined && given === undefined ? null : new Set([...(listed ?? []), ...(given ?? [])]);
}

function axiomsOf(path: string): readonly string[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unusable('--config', path, `a JSON file that can be read (${messageOf(error)})`);
  }
  const axioms = (value as { permitted_axioms?: unknown } | null)?.permitted_axioms;
  if (axioms === undefined) return undefined;
  if (Array.isArray(axioms) && axioms.every((name): name is string => typeof name === 'string'))
    return axioms;
  throw unusable('--config, permitted_axioms', axioms, 'a list of names');
}

function textOf({ answer, line, constants, axioms }: FileAnswer): string {
  const about = axioms.length === 0 ? 'no axioms' : `axioms: ${axioms.join(', ')}`;
  if (answer.kind === 'accepts') return `accepted: ${constants} constants in ${line} lines, ${about}`;
  return `${words[answer.kind]}: line ${line}: ${answer.why}`;
}

function jsonOf({ answer, line, constants, axioms }: FileAnswer): string {
  const why = answer.kind === 'accepts' ? null : answer.why;
  return asJson({ result: words[answer.kind], line, why, constants, axioms });
}

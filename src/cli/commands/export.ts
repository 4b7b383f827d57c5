import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { AnswerWith } from '../../api/answer.js';
import { arenaCaseOf } from '../../campaign/offline/certify.js';
import { findingAt } from '../../campaign/offline/load-stored.js';
import { withLean } from '../../campaign/offline/with-lean.js';
import { exportLibrary } from '../../execute/embedded/export-library.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import type { ArenaCase } from '../../store/arena-case.js';
import { writeBelow } from '../../store/finding-folder.js';
import type { LoadedFinding } from '../../store/load-finding.js';
import { findingIds } from '../../store/stored-finding.js';
import { Workdir } from '../../store/workdir.js';
import { makeFolder } from '../../util/make-folder.js';
import { invalid, messageOf, unusable } from '../../util/errors.js';
import { interruptible } from '../interrupt.js';
import { leanOfFinding, leanOfFindingOption, useOfFinding } from '../lean-option.js';
import { printJson, printLine } from '../output.js';

interface RawOptions {
  readonly arena?: string;
  readonly init?: string;
  readonly lean?: string;
  readonly json?: true;
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description(
      "write findings as test cases of the Lean Kernel Arena, or all of the embedded Lean's Init as one file",
    )
    .argument(
      '[finding]',
      "a finding's folder or finding.json, or a campaign's folder, for all of its findings",
    )
    .option('--arena <dir>', 'the folder for the test cases; in a checkout of the arena, one below tests')
    .option('--init <file>', 'write what the embedded Lean has imported into this file')
    .addOption(leanOfFindingOption())
    .option('--json', 'print lines of JSON')
    .addHelpText(
      'after',
      `
Writes ID.ndjson (lean4export 3.1.0, nothing undeclared) and ID.yaml (description, file, outcome). A finding of the source level
that is no solution has no declarations of its own and is left out. Exit code 0 when all were written, 2 when there was none.
With --init, constants that this Lean has without their values are axioms of the file; it says how many.

Examples:
  $ npx lean-fuzz export solutions/solution-188f4ada4aaf641f --arena cases
  $ npx lean-fuzz export campaign --arena lean-kernel-arena/tests/lean-fuzz
  $ npx lean-fuzz export --init init.ndjson`,
    )
    .action(async (path: string | undefined, raw: RawOptions) => {
      if (raw.init !== undefined) return exportInit(raw.init, path, raw);
      if (path === undefined) throw invalid('finding', '', 'a finding or a campaign, or --init with a file');
      const { arena } = raw;
      if (arena === undefined) throw invalid('--arena', '', 'a folder for the test cases');
      const isCampaign = existsSync(new Workdir(path).database);
      const ids = isCampaign ? findingIds(path) : [undefined];
      let written = 0;
      for (const id of ids) {
        const finding = findingAt(path, id);
        const name = finding.file.id;
        const made = await caseOf(finding, raw, join(arena, `${name}.ndjson`));
        if (made.kind === 'accepts') {
          writeCase(arena, [
            { name: `${name}.ndjson`, content: made.ndjson },
            { name: `${name}.yaml`, content: made.yaml },
          ]);
          written++;
        }
        say(name, made, { ...raw, arena });
      }
      if (written === 0)
        throw invalid(path, 'no finding with declarations', 'a solution, or a finding of the kernel level');
    });
}

/** Writes the library into a file that appears when it is whole. */
async function exportInit(path: string, finding: string | undefined, raw: RawOptions): Promise<void> {
  if (finding !== undefined) throw invalid('finding', finding, 'none with --init');
  if (raw.arena !== undefined) throw invalid('--arena', raw.arena, 'nothing with --init');
  if (raw.lean !== undefined && raw.lean !== 'embedded')
    throw invalid('--lean', raw.lean, 'embedded with --init: its Init is the one that is exported');
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openForWriting(temporary, path);
  try {
    const made = await interruptible(({ signal }) => exportLibrary(file, { signal }));
    renameSync(temporary, path);
    const { declarations, constants, withoutValue, odd } = made;
    if (raw.json === true) printJson({ type: 'init', file: path, ...made });
    else
      printLine(
        `${path}: ${declarations} declarations, ${constants} constants; ` +
          `${withoutValue} of them are axioms here for want of their values${odd.map((what) => `; ${what}`).join('')}`,
      );
  } finally {
    closeSync(file);
    rmSync(temporary, { force: true });
  }
}

function openForWriting(temporary: string, path: string): number {
  try {
    return openSync(temporary, 'wx');
  } catch (error) {
    throw unusable('--init', path, `a file that can be written (${messageOf(error)})`);
  }
}

function writeCase(folder: string, files: Parameters<typeof writeBelow>[1]): void {
  try {
    makeFolder(folder);
    writeBelow(folder, files);
  } catch (error) {
    throw unusable('--arena', folder, `a folder that can be written (${messageOf(error)})`);
  }
}

function caseOf(finding: LoadedFinding, { lean }: RawOptions, path: string): Promise<AnswerWith<ArenaCase>> {
  const { file, candidate, claim } = finding;
  const named = relative(arenaRoot(path), path);
  if (candidate.level === 'kernel' || claim === undefined) return arenaCaseOf(finding, undefined, named);
  return interruptible(async ({ signal }) => {
    const overrides = await zygoteOf(await leanOfFinding(file, lean), useOfFinding(file), signal);
    return withLean(overrides, { signal }, (executor) => arenaCaseOf(finding, executor, named));
  });
}

/** The checkout of the arena that a path lies in, which paths of its test cases begin at; else the folder itself. */
function arenaRoot(path: string): string {
  const folder = dirname(resolve(path));
  for (let root = folder; ; root = dirname(root)) {
    if (existsSync(join(root, 'schemas', 'test.json'))) return root;
    if (root === dirname(root)) return folder;
  }
}

function say(
  id: string,
  made: AnswerWith<ArenaCase>,
  { arena, json }: RawOptions & { readonly arena: string },
): void {
  const isWritten = made.kind === 'accepts';
  const outcome = isWritten ? (made.outcome ?? null) : null;
  const lacks = isWritten ? made.incomplete : [made.why];
  if (json === true) printJson({ type: isWritten ? 'case' : 'left out', id, outcome, lacks });
  else if (isWritten)
    printLine(
      `${join(arena, `${id}.ndjson`)}: outcome ${outcome ?? 'unknown'}${lacks.map((what) => `; ${what}`).join('')}`,
    );
  else printLine(`${id}: left out: ${made.why}`);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../ir/declaration.js';
import { nanodaConfig } from '../kernel/export/nanoda-config.js';
import { exportNdjson } from '../kernel/export/ndjson.js';
import { asMarkdown } from '../util/markup.js';
import { releaseOf } from '../util/lean-release.js';
import { packageRoot, packageVersion } from '../util/package.js';
import { asLine } from '../util/printable.js';
import { ownCommand } from '../util/shell.js';
import type { CorrectAnswer } from './correct-answer.js';
import type { FindingView } from './finding-view.js';

/** The folder of a finding that holds what other checkers take, and what they said. */
export const certificationFolder = 'certification';
export const answersFile = 'answers.json';
/** The export for other kernels, in the folder of its test case. */
export const exportFile = 'finding.ndjson';

/** A file to write, named from the finding's folder on. */
export interface CertificationFile {
  readonly name: string;
  readonly content: string;
}

/** What other checkers need of a finding. */
export interface CertificationInput extends Pick<
  FindingView,
  'id' | 'kind' | 'reasons' | 'isClaimed' | 'correct' | 'leanText' | 'declarations'
> {
  /** The finding's folder, from which commands are run. */
  readonly folder: string;
  readonly leanVersion: string;
}

/** Files of the template that a certification takes over as they are; `Solution.lean` is the finding. */
const templateFiles = [
  ...['Challenge.lean', 'Template.lean', 'Template/Basic.lean', 'lakefile.toml', 'lean-toolchain'],
  'config.json',
];

/** A Lake project for comparator and SafeVerify, and a test case for kernels; none where neither can be made. */
export function certificationFiles(input: CertificationInput): CertificationFile[] {
  const project = !input.isClaimed || input.leanText === undefined ? [] : projectFiles(input.leanText);
  const arena =
    input.declarations === undefined || input.correct === undefined
      ? []
      : arenaFiles(input, input.declarations, input.correct);
  if (project.length + arena.length === 0) return [];
  const readme = { name: 'README.md', content: readmeOf(input, project.length > 0, arena.length > 0) };
  return [readme, ...project, ...arena].map(({ name, content }) => ({
    name: `${certificationFolder}/${name}`,
    content,
  }));
}

function projectFiles(text: string): CertificationFile[] {
  const taken = templateFiles.map((name) => ({
    name: `project/${name}`,
    content: readFileSync(join(packageRoot, 'template', name), 'utf8'),
  }));
  return [...taken, { name: 'project/Solution.lean', content: text }];
}

function arenaFiles(
  { id, kind, reasons, leanVersion }: CertificationInput,
  declarations: readonly Declaration[],
  outcome: CorrectAnswer,
): CertificationFile[] {
  const { text, incomplete } = exportNdjson(declarations, {
    version: packageVersion,
    lean: releaseOf(leanVersion),
  });
  const lines = [...reasons, ...incomplete.map((what) => `incomplete: ${what}`)];
  const description = lines.map((line) => `  ${asLine(line)}\n`).join('');
  // Of what is not whole nobody can say what a correct kernel answers.
  const answer = incomplete.length === 0 ? `outcome: ${outcome}\n` : '';
  return [
    { name: 'arena/finding.ndjson', content: text },
    {
      name: 'arena/finding.yaml',
      content: `description: |\n  ${kind} ${id}, found by lean-fuzz ${packageVersion}\n${description}file: finding.ndjson\n${answer}`,
    },
    { name: 'arena/nanoda.json', content: nanodaConfig('finding.ndjson') },
  ];
}

function readmeOf({ id, folder }: CertificationInput, project: boolean, arena: boolean): string {
  const parts = [
    `# Certification of ${asMarkdown(id)}

This runs what is on your machine, from the finding's folder:

\`\`\`
${ownCommand(['certify', '.'], folder)}
\`\`\``,
  ];
  if (project)
    parts.push(`## On a native Lean

\`project/\` is a Lake project: \`Challenge.lean\` says what is to be proved, \`Solution.lean\` is the finding. Work on a copy.

\`\`\`
cd project
lake build
lake env comparator config.json
lake env safe_verify .lake/build/lib/lean/Challenge.olean .lake/build/lib/lean/Solution.olean
lake env leanchecker --fresh Solution
\`\`\`

A checker that crashes or runs out of time has given no verdict.`);
  if (arena)
    parts.push(`## With other kernels

\`arena/finding.ndjson\` is an export in the format of lean4export 3.1.0, \`arena/finding.yaml\` the test case of the Lean
Kernel Arena that goes with it: what a correct kernel answers, and what the export lacks, if anything. It holds only
what is needed of Lean's core, said again by lean-fuzz.

\`\`\`
cd arena
nanoda_bin nanoda.json
\`\`\``);
  return `${parts.join('\n\n')}\n`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../ir/declaration.js';
import type { Name } from '../ir/name.js';
import { nanodaConfig } from '../kernel/export/nanoda-config.js';
import { asMarkdown } from '../util/markup.js';
import { packageRoot } from '../util/package.js';
import { ownCommand } from '../util/shell.js';
import { arenaCase } from './arena-case.js';
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

/** The files of a finding that other checkers need. */
export interface CertificationInput extends Pick<
  FindingView,
  'id' | 'kind' | 'reasons' | 'isClaimed' | 'correct' | 'reproducer' | 'declarations'
> {
  /** The finding's folder, from which commands are run. */
  readonly folder: string;
  /** Constants of the library among them that stand as axioms, because this Lean has no values of them. */
  readonly assumed?: readonly Name[];
  readonly leanVersion: string;
}

/** Files of the template that a certification takes over as they are; `Solution.lean` is the finding. */
const templateFiles = [
  ...['Challenge.lean', 'Template.lean', 'Template/Basic.lean', 'lakefile.toml', 'lean-toolchain'],
  'config.json',
];

/** A Lake project for comparator and SafeVerify, and a test case for kernels; none where neither can be made. */
export function certificationFiles(input: CertificationInput): CertificationFile[] {
  const project =
    !input.isClaimed || input.reproducer === undefined ? [] : projectFiles(input.reproducer.text);
  const arena =
    input.declarations === undefined || input.correct === undefined
      ? []
      : arenaFiles(input, input.declarations);
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

function arenaFiles(input: CertificationInput, declarations: readonly Declaration[]): CertificationFile[] {
  const { ndjson, yaml } = arenaCase({ ...input, declarations, file: exportFile });
  return [
    { name: `arena/${exportFile}`, content: ndjson },
    { name: 'arena/finding.yaml', content: yaml },
    { name: 'arena/nanoda.json', content: nanodaConfig(exportFile, input.assumed) },
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
Kernel Arena that goes with it: what a correct kernel answers, and what the export lacks, if anything. It holds all
that the finding rests on, and nothing else of Lean's core.

\`\`\`
cd arena
nanoda_bin nanoda.json
\`\`\``);
  return `${parts.join('\n\n')}\n`;
}

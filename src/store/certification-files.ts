import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../api/entries.js';
import type { Declaration } from '../ir/declaration.js';
import { exportNdjson } from '../kernel/export/ndjson.js';
import { asMarkdown } from '../util/markup.js';
import { releaseOf } from '../util/lean-release.js';
import { packageRoot, packageVersion } from '../util/package.js';
import { asLine } from '../util/printable.js';
import { ownCommand } from '../util/shell.js';

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

/** The content of a finding that other checkers need. */
export interface CertificationInput {
  readonly id: string;
  /** The finding's folder, from which commands are run. */
  readonly folder: string;
  readonly finding: Pick<Finding, 'verdict' | 'claim'>;
  /** The whole as Lean text; null where Lean text can't say it. */
  readonly text: string | null;
  /** The declarations and the claim's, or what a proof at source level comes to; null where nobody knows them. */
  readonly declarations: readonly Declaration[] | null;
  readonly leanVersion: string;
}

/** Files of the template that a certification takes over as they are; `Solution.lean` is the finding. */
const templateFiles = [
  ...['Challenge.lean', 'Template.lean', 'Template/Basic.lean', 'lakefile.toml', 'lean-toolchain'],
  'config.json',
];

/** A Lake project for comparator and SafeVerify, and a test case for kernels; none where neither can be made. */
export function certificationFiles(input: CertificationInput): CertificationFile[] {
  const project = input.finding.claim === null || input.text === null ? [] : projectFiles(input.text);
  const outcome = outcomeOf(input.finding.verdict);
  const arena =
    input.declarations === null || outcome === undefined
      ? []
      : arenaFiles(input, input.declarations, outcome);
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

/** The answer of a correct kernel; undefined where it is not known. */
function outcomeOf({ kind, signature }: Finding['verdict']): 'accept' | 'reject' | undefined {
  if (kind === 'solution' || signature.startsWith('accepted ')) return 'reject';
  return signature.startsWith('refused ') ? 'accept' : undefined;
}

function arenaFiles(
  { id, finding, leanVersion }: CertificationInput,
  declarations: readonly Declaration[],
  outcome: string,
): CertificationFile[] {
  const { text, incomplete } = exportNdjson(declarations, {
    version: packageVersion,
    lean: releaseOf(leanVersion),
  });
  const lines = [...finding.verdict.reasons, ...incomplete.map((what) => `incomplete: ${what}`)];
  const description = lines.map((line) => `  ${asLine(line)}\n`).join('');
  // Of what is not whole nobody can say what a correct kernel answers.
  const answer = incomplete.length === 0 ? `outcome: ${outcome}\n` : '';
  const nanoda = {
    export_file_path: 'finding.ndjson',
    permitted_axioms: ['propext', 'Quot.sound', 'Classical.choice'],
    unpermitted_axiom_hard_error: true,
    nat_extension: true,
    string_extension: true,
  };
  return [
    { name: 'arena/finding.ndjson', content: text },
    {
      name: 'arena/finding.yaml',
      content: `description: |\n  ${finding.verdict.kind} ${id}, found by lean-fuzz ${packageVersion}\n${description}file: finding.ndjson\n${answer}`,
    },
    { name: 'arena/nanoda.json', content: `${JSON.stringify(nanoda, null, 2)}\n` },
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

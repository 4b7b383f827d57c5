import type { Unit } from '../api/candidate.js';
import type { Finding, Outcome } from '../api/entries.js';
import type { InputLevel } from '../api/execution.js';
import { describeKnown, type KnownCause } from '../api/known-cause.js';
import { describeLean, identityOf, type LeanIdentity, type LeanLimits } from '../api/lean.js';
import { describeSignature, type LeadClass, type ProofStanding } from '../api/signature.js';
import { axiomsOf, type Discovery } from '../api/verdict.js';
import type { Making } from '../ir/unit/facts.js';
import { asMarkdown } from '../util/markup.js';
import { packageVersion } from '../util/package.js';
import { asJson } from '../util/printable.js';
import { installedCommand, ownCommand } from '../util/shell.js';
import { certificationFiles, certificationFolder } from './certification-files.js';
import { correctAnswerTo, type CorrectAnswer } from './correct-answer.js';
import { viewOf } from './finding-view.js';
import { kernelFiles, leanFile, type FolderFile } from './kernel-files.js';

/** Context of a finding in its folder, beyond the finding itself. */
export interface FindingContext extends KnownCause {
  target: 'embedded' | 'lake';
  /** The Lean that ran. */
  lean: LeanIdentity;
  /** The planted kernel bug that the campaign ran with; undefined on the real kernel. */
  mutant: string | undefined;
  elapsedSeconds: number;
  /** Wall-clock milliseconds that a candidate could take, where that is known. */
  jobMillis?: number | undefined;
  /** Limits of that Lean at one declaration, where they are known. */
  limits?: LeanLimits | undefined;
  /** The machine that found it and sent it here; nothing for this one. */
  machine?: string | null | undefined;
}

/** finding.json: everything needed to replay, on any machine. Binary parts are base64. */
export interface FindingFile {
  format: 'lean-fuzz finding';
  version: 1;
  id: string;
  kind: Discovery['kind'];
  level: InputLevel;
  reasons: readonly string[];
  axioms: readonly string[];
  signature: string;
  /** Files of older versions have it of leads only. */
  class?: LeadClass;
  /** The state of the proof of False that it is or that is behind it, where there is one. */
  proof?: ProofStanding;
  /** The answer of a correct kernel, where that is known. */
  correct?: CorrectAnswer;
  outcome: Outcome;
  /** Whether a Lean has elaborated its Lean text; absent where none was asked. */
  elaborated?: boolean;
  seed: number;
  run: number;
  parents: readonly string[];
  mutators: readonly string[];
  categories: readonly string[];
  target: 'embedded' | 'lake';
  leanVersion: string;
  /** The Lean that ran; files of older versions have its version only. */
  lean?: LeanIdentity;
  packageVersion: string;
  /** The known cause, where there is one. */
  known?: string;
  kernelMutant: string | null;
  elapsedSeconds: number;
  /** Wall-clock milliseconds that a candidate could take, where that is known: what `timeout` means. */
  jobMillis?: number;
  /** Limits of that Lean at one declaration, where they are known: another limit may be another answer. */
  limits?: LeanLimits;
  /** The machine that found it, where that was another one: nothing of it has run on the one that wrote this. */
  machine?: string;
  /** The text of the whole file; replayed at source level. */
  text: string;
  claim: { name: string; constant: string; text: string | null; words: string | null } | null;
  units: readonly {
    kind: string;
    /** At source level. */
    text?: string;
    /** At kernel level. Files of older versions have both, one of them empty. */
    words?: string | null;
    declares: readonly string[];
    expected: Unit['expected'];
    made?: Making;
  }[];
}

/** A file of a finding's folder, named from there on. */
export type FindingFolderFile = Pick<FolderFile, 'name' | 'content'>;

/** The heading in a finding's README below which the answer of a native toolchain stands. */
export const nativeHeading = '\n## On a native Lean\n';

/** Every name that a form of a finding may give a file in its folder; those of the next form replace them. */
export const formFiles: readonly string[] = [
  ...['Finding.lean', 'listing.txt', 'tree.bin', 'added.ndjson'],
  ...['finding.ndjson', 'finding.yaml', 'nanoda.json'].map((name) => `${certificationFolder}/arena/${name}`),
  `${certificationFolder}/project/Solution.lean`,
  `${certificationFolder}/README.md`,
];

/** Files of a finding's folder. `finding.json` is the last: where it is, the others are. */
export function findingFiles(
  folder: string,
  finding: Finding,
  text: string,
  context: FindingContext,
): FindingFolderFile[] {
  const view = viewOf(finding);
  const file = describe(finding, text, context);
  const files = finding.candidate.level === 'kernel' ? kernelFiles(view, context) : leanFile(view.reproducer);
  // At the source level the declarations are not known yet: those need a run.
  const certification = certificationFiles({ ...view, folder, leanVersion: context.lean.version });
  const about = { name: `${certificationFolder}/`, about: 'what other checkers take, with the commands' };
  const listed = certification.length === 0 ? files : [...files, about];
  return [
    ...files,
    ...certification,
    { name: 'README.md', content: readme(folder, file, listed) },
    { name: 'finding.json', content: `${asJson(file, 2)}\n` },
  ];
}

/** A finding as finding.json has it. */
export function describe(finding: Finding, text: string, context: FindingContext): FindingFile {
  const { candidate, verdict, claim } = finding;
  const { proof } = verdict.signature;
  const known = describeKnown(context);
  const machine = context.machine ?? undefined;
  const correct = correctAnswerTo(verdict);
  return {
    format: 'lean-fuzz finding',
    version: 1,
    id: finding.id,
    kind: verdict.kind,
    level: candidate.level,
    reasons: verdict.reasons,
    axioms: axiomsOf(verdict),
    signature: describeSignature(verdict.signature),
    class: verdict.signature.class,
    ...(proof === undefined ? {} : { proof }),
    ...(correct === undefined ? {} : { correct }),
    outcome: finding.outcome,
    ...(finding.elaborated === undefined ? {} : { elaborated: finding.elaborated }),
    ...candidate.lineage,
    target: context.target,
    leanVersion: context.lean.version,
    lean: identityOf(context.lean),
    packageVersion,
    ...(known === undefined ? {} : { known }),
    kernelMutant: context.mutant ?? null,
    elapsedSeconds: context.elapsedSeconds,
    ...(context.jobMillis === undefined ? {} : { jobMillis: context.jobMillis }),
    ...(context.limits === undefined ? {} : { limits: context.limits }),
    ...(machine === undefined ? {} : { machine }),
    text,
    claim:
      claim === undefined
        ? null
        : {
            name: claim.name,
            constant: claim.constant,
            text: claim.step.kind === 'declaration' ? null : claim.step.text,
            words: claim.step.kind === 'declaration' ? base64(claim.step.words) : null,
          },
    units: candidate.units.map((unit) => ({
      kind: unit.kind,
      ...(unit.form === 'kernel' ? { words: base64(unit.words) } : { text: unit.text }),
      declares: unit.declares,
      expected: unit.expected,
      ...(unit.made === undefined ? {} : { made: unit.made }),
    })),
  };
}

function limitsInWords(limits: LeanLimits): string {
  const { kernelHeartbeats, maxHeartbeats, maxRecDepth, stackBytes, memoryMiB, natMaxBytes } = limits;
  return [
    `kernel heartbeats ${kernelHeartbeats === 0 ? 'without limit' : kernelHeartbeats}`,
    ...[`maxHeartbeats ${maxHeartbeats}`, `maxRecDepth ${maxRecDepth}`],
    ...[`stack ${stackBytes >> 20} MiB`, `memory ${memoryMiB} MiB`],
    ...(natMaxBytes === undefined ? [] : [`LEAN_NAT_MAX_SIZE ${natMaxBytes}`]),
  ].join(', ');
}

function base64(words: Uint32Array): string {
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('base64');
}

function readme(
  folder: string,
  file: FindingFile,
  files: readonly Pick<FolderFile, 'name' | 'about'>[],
): string {
  const kernel =
    file.kernelMutant === null
      ? ''
      : `\n**Found on a kernel with a planted bug (${file.kernelMutant}): a test, not a finding about Lean.**\n`;
  const actions = file.target === 'lake' ? ['confirm'] : ['replay', 'confirm'];
  const commands = actions.map((action) => ownCommand([action, '.'], folder));
  const elsewhere = installedCommand([actions[0] ?? '', '.']);
  const moved =
    commands[0] === elsewhere
      ? ''
      : `\nOn another machine, install lean-fuzz here or above: \`${elsewhere}\`\n`;
  return `# ${file.kind} ${file.id}
${kernel}${file.known === undefined ? '' : `\n**known: ${asMarkdown(file.known)}**\n`}
${file.reasons.map((reason) => `- ${asMarkdown(reason)}`).join('\n')}
- axioms: ${file.axioms.length === 0 ? 'none' : asMarkdown(file.axioms.join(', '))}
- ${asMarkdown(`Lean ${file.lean === undefined ? file.leanVersion : describeLean(file.lean)}`)}${file.target === 'lake' ? ' by lake' : ''}, lean-fuzz ${file.packageVersion}
${file.limits === undefined ? '' : `- limits: ${limitsInWords(file.limits)}\n`}${file.machine === undefined ? '' : `- found by the machine ${asMarkdown(file.machine)}: its word alone, nothing of it has run here\n`}- seed ${file.seed}, candidate ${file.run}, parents: ${asMarkdown(file.parents.join(', ')) || 'none'}, mutators: ${asMarkdown(file.mutators.join(', ')) || 'none'}

${
  file.target === 'lake'
    ? 'Ask the toolchain again, from this folder:'
    : 'Replay it from this folder, and ask a native toolchain:'
}

\`\`\`
${commands.join('\n')}
\`\`\`
${moved}
Files:

- finding.json: everything that a replay needs
${files.map(({ name, about }) => `- ${name}: ${about}`).join('\n')}
`;
}

import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { AnswerWith } from '../../api/answer.js';
import type { Finding } from '../../api/entries.js';
import type { Lean } from '../../api/lean.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import { knownOf } from '../../judge/known.js';
import { ownKernelFor } from '../../judge/own-kernel.js';
import { asText } from '../../store/candidate-text.js';
import { updateFindingFolder, writeFindingFolder } from '../../store/finding-folder.js';
import type { LoadedFinding } from '../../store/load-finding.js';
import { elaborated } from '../shrink/elaborated.js';
import { minimize, type Minimized, type MinimizeProgress } from '../shrink/minimize.js';
import { restateSmaller } from '../shrink/restate.js';
import { useOfFinding } from './lean-of-finding.js';
import { limitsOfFinding } from './limits-of-finding.js';
import { withExecutors } from './with-lean.js';

/** How a finding is made smaller. */
export interface MinimizeSettings {
  readonly lean: Lean;
  /** Executors that try at the same time. */
  readonly cores: number;
  readonly millis: number;
  /** Of one try. */
  readonly jobMillis: number;
  /** Ends it with what it has. */
  readonly signal?: AbortSignal | undefined;
  /** Ends it at once. */
  readonly now?: AbortSignal | undefined;
  readonly progress?: (state: MinimizeProgress) => void;
}

/** Makes a finding of one Lean smaller as long as the judge says the same of it. */
export async function minimizeFinding(
  finding: LoadedFinding,
  { lean, cores, millis, jobMillis, signal, now, progress }: MinimizeSettings,
): Promise<AnswerWith<Minimized & { readonly finding: Finding }>> {
  const before = { candidate: finding.candidate, claim: finding.claim };
  const signals = { ...(signal === undefined ? {} : { signal }), ...(now === undefined ? {} : { now }) };
  const { file } = finding;
  const overrides = {
    ...limitsOfFinding(file, lean),
    ...(await zygoteOf(lean, useOfFinding(file), signal)),
  };
  return withExecutors(cores, overrides, { jobMillis, ...signals }, async (executors) => {
    const deadline = performance.now() + millis;
    const minimized = await minimize(executors, before, {
      own: ownKernelFor(lean),
      ...(progress === undefined ? {} : { progress }),
      hangsFor: file.outcome === 'timeout' ? jobMillis : undefined,
      isOver: () => performance.now() >= deadline || signal?.aborted === true,
    });
    if (minimized.kind !== 'accepts') return minimized;
    return { ...minimized, finding: await elaborated(executors[0], smaller(finding, minimized)) };
  });
}

/** The finding that the minimiser has come to. */
function smaller({ file, candidate, claim }: LoadedFinding, result: Minimized): Finding {
  const { subject, axioms, signature } = result;
  const { lineage } = candidate;
  const before = { candidate, claim };
  const reasons = restateSmaller(file.reasons, result.reasons, before, subject);
  const said = { reasons, signature };
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

/** Writes a smaller finding, into its own folder where no other is named; the folder that it is in. */
export function writeSmaller(
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
  return own === null || out !== undefined
    ? writeFindingFolder(out ?? dirname(path), finding, text, context)
    : updateFindingFolder(own, finding, text, context);
}

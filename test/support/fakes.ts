import type { FoundInRun, Snapshot, Summary } from '../../src/api/campaign.js';
import type { Candidate, UnitFacts } from '../../src/api/candidate.js';
import type { CorpusEntry, Finding } from '../../src/api/entries.js';
import type {
  Claim,
  ClaimResult,
  Evidence,
  Execution,
  Job,
  Refusal,
  StepResult,
} from '../../src/api/execution.js';
import type { Signature } from '../../src/api/signature.js';
import type { Lead, Solution } from '../../src/api/verdict.js';
import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { TextUnit } from '../../src/ir/unit/text-unit.js';
import type { JobRunner } from '../../src/judge/ask/job-runner.js';

/** Values of the public types, filled with something plain; a test overrides what it is about. */

export function unit({
  text = 'def f := 1',
  ...facts
}: Partial<UnitFacts> & { text?: string } = {}): TextUnit {
  return new TextUnit({ kind: 'def', declares: ['f'], ...facts }, text);
}

export function candidate(parts: Partial<Candidate> = {}): Candidate {
  return {
    lineage: { seed: 7, run: 3, parents: [], mutators: [], categories: [] },
    level: 'source',
    units: [unit()],
    ...parts,
  };
}

export function refusal(message: string, error = ''): Refusal {
  return { kind: 'refused', message, error };
}

export function accepted(micros = 10): StepResult {
  return { outcome: { kind: 'accepted' }, micros, heartbeats: 5 };
}

export function refused(message: string): StepResult {
  return { outcome: refusal(message), micros: 10, heartbeats: 5 };
}

export function execution(parts: Partial<Execution> = {}): Execution {
  return { steps: [accepted()], claims: [], shapes: [], end: { kind: 'finished' }, ...parts };
}

/** A runner whose answers are made up, one after the other for each job that is run; the last one stays. */
export function runnerOf(...executions: readonly Partial<Execution>[]): JobRunner & { jobs: Job[] } {
  const jobs: Job[] = [];
  return {
    base: commonEnvironment,
    jobs,
    run: (asked) =>
      Promise.resolve(
        asked.map((job) => {
          const parts = executions[Math.min(jobs.length, executions.length - 1)];
          jobs.push(job);
          return { steps: [], claims: [], shapes: [], end: { kind: 'finished' }, ...parts };
        }),
      ),
    replace: () => Promise.resolve(),
  };
}

/** Evidence of a perfect proof of False. */
export function evidence(parts: Partial<Evidence> = {}): Evidence {
  return {
    constant: 'soundness_check',
    kind: 'theorem',
    levelParams: 0,
    statesFalse: true,
    reached: [{ name: 'soundness_check', kind: 'theorem', unsafe: false, partial: false }],
    importedAxioms: [],
    importedUnsafe: [],
    oddities: [],
    declarations: { kind: 'unsaid', why: 'made up' },
    ...parts,
  };
}

export function proved(parts: Partial<Evidence> = {}): ClaimResult {
  return { outcome: { kind: 'accepted' }, micros: 10, heartbeats: 5, evidence: evidence(parts) };
}

export const claim: Claim = {
  name: 'decide',
  constant: 'soundness_check',
  step: { kind: 'text', text: 'theorem soundness_check : False := by decide' },
};

export function entry(parts: Partial<CorpusEntry> = {}): CorpusEntry {
  return {
    id: '00000000000000aa',
    candidate: candidate(),
    features: Uint32Array.of(1, 2, 3),
    newFeatures: 2,
    heartbeats: 100,
    outcome: 'accepted',
    worker: 0,
    ...parts,
  };
}

/** The signature of something accepted in declarations of a shape. */
export function signature(parts: Partial<Signature> = {}): Signature {
  return {
    class: 'soundness',
    rule: { kind: 'accepts', breaks: 'data out of a proof' },
    place: { kind: 'declaration', shape: 'theorem' },
    ...parts,
  };
}

/** A signature of its own for a name. */
export function signatureNamed(name: string): Signature {
  return signature({ rule: { kind: 'refuses', says: name }, place: { kind: 'unit', of: 'mirrored' } });
}

export function verdict(parts: Partial<Solution> = {}): Solution {
  return {
    kind: 'solution',
    reasons: ['"decide" proves False'],
    claim: 'decide',
    axioms: ['propext'],
    signature: {
      class: 'soundness',
      rule: { kind: 'proves False' },
      place: { kind: 'claim', name: 'decide', on: ['def'] },
      proof: 'confirmed',
    },
    ...parts,
  };
}

export function leadVerdict(parts: Partial<Lead> = {}): Lead {
  return { kind: 'lead', reasons: ['odd'], signature: signature(), ...parts };
}

export function finding(parts: Partial<Finding> = {}): Finding {
  return {
    id: '00000000000000bb',
    candidate: candidate(),
    verdict: verdict(),
    form: 'named',
    outcome: 'accepted',
    claim,
    worker: 1,
    ...parts,
  };
}

export function snapshot(parts: Partial<Snapshot> = {}): Snapshot {
  return {
    elapsedSeconds: 67,
    tests: 1200,
    testsPerMinute: 1075,
    candidates: 150,
    declarations: 400,
    declarationsAccepted: 350,
    corpus: 42,
    features: 99,
    blocks: 0,
    blocksInAll: 0,
    leads: 1,
    solutions: 2,
    newLeads: 1,
    knownLeads: 0,
    newSolutions: 2,
    knownSolutions: 0,
    unnamedLeads: 0,
    unnamedSolutions: 0,
    leadClasses: { soundness: 1 },
    restarts: 3,
    timeouts: 1,
    crashes: 1,
    outOfMemory: 1,
    killed: 0,
    canaries: { asked: 12, wrong: 0 },
    errors: 0,
    dropped: 4,
    shareInsideLean: 0.94,
    shareGenerating: 0.01,
    shareJudging: 0.03,
    memory: { freeMiB: 2048, totalMiB: 8192 },
    bestYields: [],
    workers: [
      { worker: 0, pid: 11, state: 'running', tests: 700, candidates: 80, leanMiB: 120 },
      { worker: 1, pid: 12, state: 'waiting', tests: 500, candidates: 70, leanMiB: 0 },
    ],
    ...parts,
  };
}

export function summary(parts: Partial<Summary> = {}): Summary {
  return {
    ...snapshot(),
    type: 'summary',
    unlooked: 4,
    stoppedBy: 'runs',
    seed: 7,
    campaignFolder: '/campaigns/one',
    findings: [foundInRun()],
    solutionFolders: ['/solutions/solution-1'],
    knownSolutionFolders: [],
    unwritten: [],
    leanVersion: '4.28.0',
    mendedBugs: [],
    yields: [],
    ...parts,
  };
}

/** A solution as the last table of a run has it. */
export function foundInRun(parts: Partial<FoundInRun> = {}): FoundInRun {
  return {
    ...{
      id: 'aa',
      kind: 'solution',
      signature: 'solution by decide',
      declarations: 2,
      size: 118,
    },
    ...{ folder: '/solutions/solution-1', written: true },
    ...parts,
  };
}

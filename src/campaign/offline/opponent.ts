/** Findings of class difference, again: their own Lean and the one that it differs from, for `replay` and `minimize`. */
import type { Candidate } from '../../api/candidate.js';
import type { Checker } from '../../api/checker.js';
import type { Finding } from '../../api/entries.js';
import { identityOf, type Lean, type LeanIdentity } from '../../api/lean.js';
import { labelsOf, type Asked } from '../../api/opinion.js';
import { noAnswer, refuses, type Answer } from '../../api/answer.js';
import { CheckerHost } from '../../execute/checker/checker-host.js';
import type { ExecutorClient } from '../../execute/client/executor-client.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import type { ZygoteOptions } from '../../execute/zygote/zygote-options.js';
import { questionJob } from '../../judge/ask/job.js';
import {
  answersOf,
  differencesBetween,
  type LeanDifference,
} from '../../judge/differential/between-leans.js';
import { decodeFinding } from '../../share/entry-codec.js';
import { AskedChecker } from '../opinions/asked-checker.js';
import { askBoth, checkerLead, shrinkDispute } from '../opinions/checker-dispute.js';
import { leadOf } from '../opinions/difference-lead.js';
import { kernelUnitsOf } from '../opinions/kernel-units.js';
import { shrinkDifference, type Runs } from '../opinions/shrink-difference.js';
import type { FindingFile } from '../../store/finding-files.js';
import { limitsOfFinding } from './limits-of-finding.js';
import type { ReplayRound } from './replay.js';
import { withLean, type LeanLimits } from './with-lean.js';

/** Who may differ from a finding's Lean: another Lean, or another kernel that reads exports. */
export type Opponent =
  | { readonly kind: 'lean'; readonly lean: Lean; readonly mutant: string | null }
  | { readonly kind: 'checker'; readonly checker: Checker };

/** Two who are asked the same. */
export interface Dispute {
  /** Whether they differ about a candidate, on fresh executors; refused where both say the same. */
  again(candidate: Candidate): Promise<ReplayRound>;
  /** A smaller form about which they differ for the same cause; undefined where they do not differ to begin with. */
  smaller(candidate: Candidate, deadline: number): Promise<Finding | undefined>;
}

type Side = Runs & { readonly label: string; readonly by: Asked; replace(): Promise<unknown> };

/** Boots both, bounded as when the finding was found, hands the dispute to `action`, and ends all of it. */
export async function withDispute<T>(
  file: FindingFile,
  lean: Lean,
  opponent: Opponent,
  limits: LeanLimits & { readonly jobMillis: number },
  action: (dispute: Dispute) => Promise<T>,
): Promise<T> {
  const zygoteFor = async (one: Lean, mutant: string | null): Promise<Partial<ZygoteOptions>> => ({
    ...limitsOfFinding(file, one),
    ...(await zygoteOf(one, { level: 'kernel', mutant })),
  });
  const ownBy = askedLean(lean, file.kernelMutant);
  const ownZygote = await zygoteFor(lean, file.kernelMutant);
  switch (opponent.kind) {
    case 'lean': {
      const otherBy = askedLean(opponent.lean, opponent.mutant);
      const [label = '', otherLabel = ''] = labelsOf([ownBy, otherBy]);
      const otherZygote = await zygoteFor(opponent.lean, opponent.mutant);
      return withLean(ownZygote, limits, (executor) =>
        withLean(otherZygote, limits, (other) =>
          action(
            betweenLeans(
              sideOf(executor, lean, label, ownBy),
              sideOf(other, opponent.lean, otherLabel, otherBy),
            ),
          ),
        ),
      );
    }
    case 'checker': {
      const host = await CheckerHost.start(limits.jobMillis);
      try {
        const checker = new AskedChecker(host, opponent.checker, lean);
        const [label = ''] = labelsOf([ownBy]);
        return await withLean(ownZygote, limits, (executor) =>
          action(withChecker(sideOf(executor, lean, label, ownBy), checker)),
        );
      } finally {
        await host.stop();
      }
    }
  }
}

function askedLean(lean: LeanIdentity, mutant: string | null): Asked {
  return { kind: 'lean', lean: identityOf(lean), ...(mutant === null ? {} : { mutant }) };
}

function sideOf(executor: ExecutorClient, lean: LeanIdentity, label: string, by: Asked): Side {
  return { lean, label, by, run: (jobs) => executor.run(jobs), replace: () => executor.replace() };
}

/** The first difference between two Leans, and all that both said. */
interface AskedLeans {
  readonly first: LeanDifference | undefined;
  readonly said: readonly Answer[];
}

function betweenLeans(own: Side, other: Side): Dispute {
  const ask = async (candidate: Candidate): Promise<AskedLeans> => {
    const units = kernelUnitsOf(candidate);
    const job = questionJob(units);
    const [[one], [two]] = await Promise.all([own.run([job]), other.run([job])]);
    const [first] = differencesBetween(
      units,
      { lean: own.lean, execution: one },
      { lean: other.lean, execution: two },
    );
    return { first, said: [answersOf(units, one), answersOf(units, two)].flat() };
  };
  return {
    async again(candidate) {
      await Promise.all([own.replace(), other.replace()]);
      const { first, said } = await ask(candidate);
      if (first === undefined) return asSame(said);
      const { name, shape, one, other: theirs, explained } = first;
      const what = `${name} (${shape}): ${own.label} ${one}; ${other.label} ${theirs}`;
      return { kind: 'accepts', reasons: [what, ...explained] };
    },
    async smaller(candidate, deadline) {
      const { first } = await ask(candidate);
      if (first === undefined) return undefined;
      const small = await shrinkDifference(candidate, first.signature, [own, other], deadline);
      return small && decodeFinding(leadOf(small, own, other));
    },
  };
}

function withChecker(own: Side, checker: AskedChecker): Dispute {
  return {
    async again(candidate) {
      await own.replace();
      const asked = await askBoth(candidate, own, checker);
      if (!('dispute' in asked)) return asSame([asked.answer]);
      const { answer } = asked.dispute;
      const theirs = answer.kind === 'refuses' ? `refuses: ${answer.why}` : 'accepts';
      return { kind: 'accepts', reasons: [`${own.label} ${asked.expected}; ${checker.label} ${theirs}`] };
    },
    async smaller(candidate, deadline) {
      const asked = await askBoth(candidate, own, checker);
      if (!('dispute' in asked)) return undefined;
      const sample = { candidate, units: kernelUnitsOf(candidate), expected: asked.expected };
      const small = await shrinkDispute(sample, own, checker, deadline);
      return small && decodeFinding(checkerLead(small, own, checker));
    },
  };
}

/** Without a difference: both have answered, or one of them has not. */
function asSame(said: readonly Answer[]): ReplayRound {
  const open = said.find((answer) => answer.kind === 'noAnswer');
  return open === undefined ? refuses('both answer the same') : noAnswer(open.why);
}

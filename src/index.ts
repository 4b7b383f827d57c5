/**
 * The public API of lean-fuzz: run a campaign from a program, judge, check, replay, minimise and report, and the types
 * of what they say.
 *
 * @packageDocumentation
 */
export type {
  BootPhase,
  BootStep,
  CampaignListener,
  CampaignOptions,
  FoundInRun,
  KernelMutantName,
  Snapshot,
  CanaryCounts,
  StartInfo,
  StopOnSolution,
  StopReason,
  Summary,
  WorkerSnapshot,
} from './api/campaign.js';
export { campaign, runCampaign, type CampaignFinding, type RunOptions } from './library/campaign.js';
export { judge, type Answers, type JudgeOptions, type TextVerdict } from './library/judge.js';
export {
  check,
  type CheckOptions,
  type DeclarationAnswer,
  type EveryAnswer,
  type FileAnswer,
} from './library/check.js';
export { replay, type Replay, type ReplayOptions, type ReplayRound } from './library/replay.js';
export { minimize, type MinimizeOptions, type MinimizeProgress, type Smaller } from './library/minimize.js';
export {
  report,
  type Coverage,
  type FunctionCoverage,
  type NeverReached,
  type Report,
  type ReportOptions,
} from './library/report.js';
export type { LeanOptions } from './library/options.js';
export { configuredOptions } from './library/options.js';
export { defineConfig, type ConfigFile } from './options/config-file.js';
export { defaultCampaignOptions } from './options/fill-options.js';
export { defineMutator } from './api/mutator.js';
export type {
  CustomMutator,
  KernelUnit,
  MutatorCandidate,
  MutatorContext,
  MutatorRandom,
  NewUnit,
  NewUnits,
  QueueEntry,
  SourceUnit,
} from './api/mutator.js';
/** Kernel declarations as trees: types, builders, and what walks them. */
export * as ir from './ir/public.js';
export type { Candidate, Expected, Lineage, Unit } from './api/candidate.js';
export type { CorpusEntry, Finding } from './api/entries.js';
export { defineGrammar } from './api/grammar.js';
export type { GrammarDefinition, ScriptRule, TextRule } from './api/grammar.js';
export type { Answer } from './api/answer.js';
export type { AnswersRow, AnswerWord, Checkers, Checks, LakeOptions } from './api/lake.js';
export type { Claim, FailureKind, InputLevel, LevelChoice, Step, StepContent } from './api/execution.js';
export type { MachineCounts, MachineReport, SeenMachine } from './api/machine.js';
export type { OpinionCounts, VerdictRow } from './api/opinion.js';
export type {
  BlockRow,
  CampaignRecord,
  FindingDetail,
  FindingRow,
  StatisticsPoint,
  WorkerPoint,
} from './api/report.js';
export type { LeanIdentity } from './api/lean.js';
export { leadClasses } from './api/signature.js';
export type { LeadClass, Place, RestatementName, Rule, Shape, Signature } from './api/signature.js';
export type { Discovery, Lead, Ordinary, Solution, Verdict, VerdictKind } from './api/verdict.js';
export type { Yield } from './api/yields.js';
export type { AnswerWith } from './util/answer.js';
export { ExitCode, UserError } from './util/errors.js';
export { packageVersion } from './util/package.js';

/**
 * The public API of lean-fuzz: run a campaign from a program, judge, check, replay, minimise and report, and the types
 * of what they say.
 *
 * @packageDocumentation
 */
export type {
  CampaignListener,
  CampaignOptions,
  KernelMutantName,
  Snapshot,
  StartInfo,
  StopOnSolution,
  StopReason,
  Summary,
  WorkerSnapshot,
} from './api/campaign.js';
export { campaign, runCampaign, type CampaignFinding, type RunOptions } from './library/campaign.js';
export { judge, type JudgeOptions, type TextVerdict } from './library/judge.js';
export { check, type CheckOptions, type FileAnswer } from './library/check.js';
export { replay, type Replay, type ReplayOptions, type ReplayRound } from './library/replay.js';
export { minimize, type MinimizeOptions, type MinimizeProgress, type Smaller } from './library/minimize.js';
export { report, type Coverage, type Report, type ReportOptions } from './library/report.js';
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
export type { Checkers, Checks, LakeOptions } from './api/lake.js';
export type { Claim, InputLevel } from './api/execution.js';
export type { CampaignRecord, FindingRow, StatisticsPoint } from './api/report.js';
export type { LeanIdentity } from './api/lean.js';
export type { Verdict, VerdictKind } from './api/verdict.js';
export { ExitCode, UserError } from './util/errors.js';
export { packageVersion } from './util/package.js';

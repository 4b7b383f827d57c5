import type { Finding } from './entries.js';
import type { LakeOptions } from './lake.js';
import type { LeanIdentity } from './lean.js';
import type { MachineCounts } from './machine.js';
import type { OpinionCounts } from './opinion.js';
import type { LeadClass } from './signature.js';
import type { Yield } from './yields.js';
import type { LevelChoice } from './execution.js';

/**
 * Planted kernel bugs: by name (src/execute/embedded/kernel-mutants.ts and src/execute/native/kernel-mutants.ts say
 * what each does), or on a native Lean any conditional branch, inverted.
 */
export type KernelMutantName = 'positivity' | 'prop-projection' | `${string}+0x${string}`;

/**
 * How a campaign is run; undefined is none. Defaults, bounds, units and flags stand in src/options/option-table.ts,
 * and in docs/options.md.
 */
export interface CampaignOptions extends LakeOptions {
  /** Workers, each with an executor of its own. Default: all cores. */
  readonly cores: number;
  /** Milliseconds of fuzzing, counted from when Lean is ready. Default: no limit. */
  readonly timeMillis?: number | undefined;
  /** Candidates to run. Default: no limit. */
  readonly runs?: number | undefined;
  /** Default: the seed of the campaign that is resumed, or a random one. */
  readonly seed?: number | undefined;
  /** Bound for the size of candidates. Default: 15. */
  readonly depth: number;
  /** A plain grammar for the source level, see docs/grammars.md. Default: the typed generator. */
  readonly grammar?: string | undefined;
  /** Files of custom mutators, in the order in which they are asked; see docs/custom-mutators.md. Default: none. */
  readonly mutators: readonly string[];
  /**
   * Dictionaries: what candidates should mention, in files of AFL++'s syntax; see docs/dictionaries.md. Default: none.
   */
  readonly dictionaries: readonly string[];
  /** Files of Lean text, declarations or entries, a folder of them, or a campaign, to begin with. Default: none. */
  readonly importFolder?: string | undefined;
  /** Where candidates run: in forks of a booted Lean, or by `lake build` (source level only). Default: `embedded`. */
  readonly target: 'embedded' | 'lake';
  /** Have solutions of the embedded target confirmed on the native toolchain, where there is one. Default: true. */
  readonly confirm: boolean;
  /**
   * The Lean that is fuzzed: `embedded`; `auto`, the toolchain that elan means in the current folder, else the embedded
   * one; the name of a toolchain of elan; a toolchain's folder, or one with its libraries. Not for the Lake target.
   * Default: `auto`.
   */
  readonly lean: string;
  /**
   * Other Leans, named as `lean` is, that are asked what the kernel level asks the one that is fuzzed. Default: none.
   */
  readonly against: readonly string[];
  /**
   * Whether the code of a native Lean's kernel that candidates reach guides the search. The embedded Lean has none.
   * Default: `kernel`.
   */
  readonly coverage: 'kernel' | 'off';
  /**
   * Other kernels that read exports, as NAME=COMMAND, which are asked beside the Lean; one named nanoda is given to
   * comparator on the Lake target. Default: those that lie beside the Lean.
   */
  readonly checkers: readonly string[];
  /**
   * The level that is fuzzed; `both` shares the time by what each level has found lately. Default: `both`, or the one
   * that grammar, mutators, target and Lean are for.
   */
  readonly level: LevelChoice;
  /** The campaign's folder, resumed where it holds one, joined where one runs. Default: a new one below campaigns/. */
  readonly campaignFolder?: string | undefined;
  /** Where solutions go, a folder for each. Default: `solutions`. */
  readonly solutionsFolder: string;
  /** Stop at the first solution, or at the first whose signature is not known. Default: `off`. */
  readonly stopOnSolution: StopOnSolution;
  /** Files of known signatures, besides the one that comes for the embedded Lean. Default: none. */
  readonly known: readonly string[];
  /** A Redis or Valkey by which machines share the campaign. Default: none. */
  readonly sync?: string | undefined;
  /** A folder by which machines share the campaign. Default: none. */
  readonly syncFolder?: string | undefined;
  /** Whether this machine gives to the others, takes from them, or both. Default: `both`. */
  readonly syncDirection: 'both' | 'up' | 'down';
  /** Milliseconds between two exchanges. Default: 1,000; 10,000 for a folder. */
  readonly syncMillis?: number | undefined;
  /** KiB of entries a second that are given and taken, each way. Default: 1024. */
  readonly syncBandwidth: number;
  /** MiB of entries that a Redis or Valkey keeps for machines that come late. Default: 256. */
  readonly syncKeep: number;
  /**
   * Whether `timeMillis`, `runs` and `stopOnSolution` are limits of this machine, or of all machines that say `all`
   * together. Default: `own`.
   */
  readonly syncLimits: 'own' | 'all';
  /**
   * Whether the findings of all machines are written into the folders of this one; `auto`: where it was the first.
   * Default: `auto`.
   */
  readonly collect: 'auto' | 'on' | 'off';
  /** Workers learn nothing from each other. Default: false. */
  readonly isolated: boolean;
  /**
   * Wall-clock milliseconds that a candidate may take; on the Lake target, a command. Default: 10,000; there 120,000.
   */
  readonly jobMillis: number;
  /** MiB of Lean memory that an executor may use. Default: 1024. */
  readonly memoryLimitMiB: number;
  /** Write every candidate and its verdict to trace.ndjson in the campaign's folder. Default: false. */
  readonly trace: boolean;
  /** Milliseconds for which findings are made smaller when the campaign ends; 0 leaves them. Default: 20,000. */
  readonly minimizeMillis: number;
  /** A planted kernel bug, for tests and benchmarks. Default: none. */
  readonly kernelMutant?: KernelMutantName | undefined;
  /**
   * Where Prometheus reads how it goes while it runs: a port of this machine, HOST:PORT or [HOST]:PORT; port 0 is any
   * free one. Default: nowhere.
   */
  readonly metrics?: string | undefined;
  /** Where the report page is served while it runs, named as for `metrics`. Default: nowhere. */
  readonly dashboard?: string | undefined;
  /** Ends the campaign in order when it is aborted, also while Lean boots. */
  readonly signal?: AbortSignal | undefined;
}

export type StopOnSolution = 'off' | 'any' | 'new';

/** The campaign at one moment, resumed parts included. */
export interface Snapshot {
  readonly elapsedSeconds: number;
  readonly tests: number;
  readonly testsPerMinute: number;
  readonly candidates: number;
  readonly declarations: number;
  readonly declarationsAccepted: number;
  readonly corpus: number;
  readonly features: number;
  /** Blocks of the kernel's code that were reached, and how many there are; 0 where they are not watched. */
  readonly blocks: number;
  readonly blocksInAll: number;
  /** Findings, repeats of a signature included. */
  readonly leads: number;
  readonly solutions: number;
  /** Different signatures among them without those of class completeness; what a baseline knows is counted apart. */
  readonly newLeads: number;
  readonly knownLeads: number;
  readonly newSolutions: number;
  readonly knownSolutions: number;
  /** Provisional signatures: those of findings that are still being made smaller, and are in none of the four before. */
  readonly unnamedLeads: number;
  readonly unnamedSolutions: number;
  /** Different signatures of leads by class, known ones too. */
  readonly leadClasses: Readonly<Partial<Record<LeadClass, number>>>;
  readonly restarts: number;
  readonly timeouts: number;
  readonly crashes: number;
  readonly outOfMemory: number;
  /** Executors that somebody outside has killed, as a system does that is short of memory; their jobs ran again. */
  readonly killed: number;
  /** How it was looked after that no candidate changes the executor that it runs in for those behind it. */
  readonly canaries: CanaryCounts;
  /** Candidates whose way ended in an error of ours or of the user's code; each kind is kept in `errors/`. */
  readonly errors: number;
  readonly dropped: number;
  /** Share of the workers' wall-clock time that their executors spent inside Lean. */
  readonly shareInsideLean: number;
  /** Share of the workers' wall-clock time that they spent making candidates. */
  readonly shareGenerating: number;
  /** Share of it that went into judging, without the executions that the judge asked for. */
  readonly shareJudging: number;
  /** MiB of the machine's memory: what processes may still take, and all. */
  readonly memory: { readonly freeMiB: number; readonly totalMiB: number };
  /** The mutators and categories of each level that found most; the summary's `yields` has all. */
  readonly bestYields: readonly Yield[];
  readonly workers: readonly WorkerSnapshot[];
  /**
   * On the Lake target: how many claims got each combination of answers, by names such as
   * `lake_pass_comp_fail_safe_none`.
   */
  readonly checks?: Readonly<Record<string, number>>;
  /** Where others than the campaign's Lean are asked. */
  readonly opinions?: OpinionCounts;
  /** Where machines share the campaign. */
  readonly machines?: MachineCounts;
}
/**
 * Canaries: jobs with known answers that every executor is asked each 1,000 jobs. On the Lake target there are none,
 * because each candidate has a fresh copy.
 */
export interface CanaryCounts {
  /** Those that were answered. */
  readonly asked: number;
  /** Executors that answered wrongly; each was replaced, and what it had said since its last right answer dropped. */
  readonly wrong: number;
}
export interface WorkerSnapshot {
  /** Its number. Workers of other terminals come and go, and one that comes may get the number of one that went. */
  readonly worker: number;
  readonly pid: number;
  readonly state: 'starting' | 'running' | 'waiting' | 'ended';
  readonly tests: number;
  readonly candidates: number;
  /** MiB of memory that its Lean sees, what it shares with other Leans included; 0 where there is none. */
  readonly leanMiB: number;
}

/** The last word of a campaign. */
export interface Summary extends Snapshot {
  readonly type: 'summary';
  /** Constants of candidates that were not looked at to the end for what they state: a limit was reached. */
  readonly unlooked: number;
  readonly stoppedBy: StopReason;
  readonly seed: number;
  readonly campaignFolder: string;
  /** Findings of this run, one for each new signature: solutions first, and news before what is known. */
  readonly findings: readonly FoundInRun[];
  /** Folders of the solutions that were found in this run. */
  readonly solutionFolders: readonly string[];
  /** Those of them whose signature a baseline knows. */
  readonly knownSolutionFolders: readonly string[];
  /** Those of them whose folder could not be written: `lean-fuzz replay CAMPAIGN ID` replays them. */
  readonly unwritten: readonly { readonly id: string; readonly folder: string }[];
  /** The version of the Lean that ran. */
  readonly leanVersion: string;
  /** Known bugs by which False has been proved, and which that Lean does not have any more. */
  readonly mendedBugs: readonly string[];
  /** Results of each mutator and category, those that found most first. */
  readonly yields: readonly Yield[];
}
/** A finding of this run, in the form that it has at the end. */
export interface FoundInRun {
  readonly id: string;
  readonly kind: 'lead' | 'solution';
  readonly signature: string;
  /** The class of a lead; a solution has none. */
  readonly leadClass?: LeadClass;
  /** The note of a baseline or of the table of known bugs about it; news has none. */
  readonly known?: string;
  /** Declarations, that of its claim included. */
  readonly declarations: number;
  /** Words at the kernel level, characters at the source level. */
  readonly size: number;
  readonly folder: string;
  /** Whether the folder has been written; `lean-fuzz replay CAMPAIGN ID` replays it where not. */
  readonly written: boolean;
}
export type StopReason = 'time' | 'runs' | 'solution' | 'signal';

/** Facts about a campaign that is about to start. */
export interface StartInfo {
  readonly campaignFolder: string;
  readonly seed: number;
  /** The Lean that runs. */
  readonly lean: LeanIdentity;
  /** Seconds until candidates could run, and what they went into. */
  readonly bootSeconds: number;
  readonly bootPhases?: readonly BootPhase[];
  /** Known bugs of this Lean by which False has been proved. */
  readonly knownBugs?: readonly string[];
  /** The workers that came with this process, where it joined a campaign that another one runs. */
  readonly joinedWorkers?: readonly number[];
}

/** A part of a boot: `preparing Lean`, `booting Lean`, `warming up`. */
export interface BootPhase {
  readonly phase: string;
  readonly seconds: number;
}

/** The phase and the step that a boot is at, with the seconds since it began. */
export interface BootStep extends BootPhase {
  /** Seconds since the boot began. */
  readonly seconds: number;
  readonly step: string;
}

/** Hears of a campaign as it goes; the status screen and the JSON lines are such listeners. */
export interface CampaignListener {
  /** Twice a second and at each step, until `started`. */
  booting?(step: BootStep): void;
  started?(info: StartInfo): void;
  progress?(snapshot: Snapshot): void;
  /** A finding of a new signature, the folder that was written for it, and what a baseline says of it, if anything. */
  finding?(finding: Finding, folder: string, known: string | undefined): void;
  notice?(text: string): void;
  finished?(summary: Summary): void;
}

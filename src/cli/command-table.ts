import type { Command } from 'commander';

/** Adds a command to the program; `names` are those of all commands. */
type AddCommand = (program: Command, names: readonly string[]) => void;

/** Each command by its name, and how it is loaded: most of them stand on half the house. */
const table: Readonly<Record<string, () => Promise<AddCommand>>> = {
  run: async () => (await import('./commands/run.js')).addRun,
  ci: async () => (await import('./commands/ci.js')).addCi,
  gen: async () => (await import('./commands/gen.js')).addGen,
  judge: async () => (await import('./commands/judge.js')).addJudge,
  replay: async () => (await import('./commands/replay.js')).addReplay,
  regress: async () => (await import('./commands/regress.js')).addRegress,
  minimize: async () => (await import('./commands/minimize.js')).addMinimize,
  certify: async () => (await import('./commands/certify.js')).addCertify,
  check: async () => (await import('./commands/check.js')).addCheck,
  compare: async () => (await import('./commands/compare.js')).addCompare,
  export: async () => (await import('./commands/export.js')).addExport,
  config: async () => (await import('./commands/config.js')).addConfig,
  status: async () => (await import('./commands/status.js')).addStatus,
  health: async () => (await import('./commands/health.js')).addHealth,
  report: async () => (await import('./commands/report.js')).addReport,
  repair: async () => (await import('./commands/repair.js')).addRepair,
  corpus: async () => (await import('./commands/corpus.js')).addCorpus,
  new: async () => (await import('./commands/new.js')).addNew,
  coverage: async () => (await import('./commands/coverage.js')).addCoverage,
  confirm: async () => (await import('./commands/confirm.js')).addConfirm,
  selftest: async () => (await import('./commands/selftest.js')).addSelftest,
  doctor: async () => (await import('./commands/doctor.js')).addDoctor,
  completion: async () => (await import('./commands/completion.js')).addCompletion,
};

const commandNames: readonly string[] = Object.keys(table);

/**
 * Adds what a command line may need: the command that it names; `run`, which is the default, where it begins with an
 * option; all of them where it asks for help, or names none that is there.
 */
export async function addCommands(program: Command, words: readonly string[]): Promise<void> {
  for (const name of neededFor(words)) (await table[name]?.())?.(program, commandNames);
}

/** Whether a command line may come to the help of the program itself. */
export function asksForHelp(words: readonly string[]): boolean {
  return !commandNames.includes(words[0] ?? '') && words.some(isHelp);
}

function neededFor(words: readonly string[]): readonly string[] {
  const [first] = words;
  if (first === '--version' || first === '-V') return [];
  // Its script is about all of them.
  if (first === 'completion' || asksForHelp(words)) return commandNames;
  if (first === undefined || first.startsWith('-')) return ['run'];
  return commandNames.includes(first) ? [first] : commandNames;
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h' || word === 'help';
}

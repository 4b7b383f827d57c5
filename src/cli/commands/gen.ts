import type { Command } from 'commander';
import { asText } from '../../store/candidate-text.js';
import type { Unit } from '../../api/candidate.js';
import { Dictionary } from '../../generate/dictionary/dictionary.js';
import { GrammarFailure } from '../../generate/grammar/grammar-generator.js';
import { loadGenerator } from '../../generate/grammar/load-grammar.js';
import { LevelShares } from '../../generate/level-shares.js';
import { makeCandidate } from '../../generate/schedule.js';
import { isNamed } from '../../options/named.js';
import { ExitCode, UserError } from '../../util/errors.js';
import { Random } from '../../util/random.js';
import { asideNow } from '../../util/user-output.js';
import { commandOption, readCampaignOptions } from '../campaign-options.js';
import { output, printText } from '../output.js';
import { integer } from '../../options/parse.js';

/** Its options of the table. */
const tableKeys = ['depth', 'grammar', 'dictionaries', 'level', 'seed'] as const;

export function addGen(program: Command): void {
  program
    .command('gen')
    .description('print generated candidates, without running them')
    .option('--count <n>', 'how many', '1')
    .addOption(commandOption('depth'))
    .addOption(commandOption('grammar'))
    .addOption(commandOption('dictionaries'))
    .addOption(commandOption('level'))
    .option('--seed <n>', 'the seed; equal seeds give equal candidates', '0')
    .addHelpText('after', '\nExample:\n  $ npx lean-fuzz gen --depth 15 --count 3 --seed 7')
    .action(async (raw: { count: string }, command: Command) => {
      const count = integer('--count', raw.count, 1, 1_000_000);
      const { options, named } = await readCampaignOptions(command, { seed: 0 }, tableKeys);
      const { seed = 0, depth, grammar: file } = options;
      // As a campaign does it: a grammar is for text, and for nothing else.
      const level = file === undefined || isNamed(named, 'level') ? options.level : 'source';
      const levels = new LevelShares(level);
      const grammar = await loadGenerator({ grammar: file, depth, level });
      const dictionary = Dictionary.of(options.dictionaries);
      const unitsOf = (run: number): readonly Unit[] => {
        try {
          const corpus = { size: 0, pick: () => undefined };
          // As a campaign begins: nothing has been learned of what either level yields.
          const chosen = levels.choose(Random.of(seed, run, 1));
          return asideNow(() =>
            makeCandidate({ seed, depth, level: chosen, grammar, dictionary }, run, corpus),
          ).units;
        } catch (error) {
          if (error instanceof GrammarFailure) throw new UserError(error.message, ExitCode.usage);
          throw error;
        }
      };
      for (let run = 0; run < count && output.isOpen; run++) {
        // A closed pipe is heard of between two turns of the event loop only.
        if (run % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
        printText(`-- seed ${seed}, candidate ${run}\n${asText(unitsOf(run))}\n`);
      }
    });
}

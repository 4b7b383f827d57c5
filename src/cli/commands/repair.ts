import type { Command } from 'commander';
import { repairCampaign } from '../../campaign/offline/repair.js';
import type { Salvaged } from '../../store/salvage.js';
import { printLine } from '../output.js';

/** `repair`: a new database of what a damaged one still holds. */
export function addRepair(program: Command): void {
  program
    .command('repair')
    .description("make a new database of what a campaign's damaged one still holds")
    .argument('<campaign>', "a campaign's folder")
    .addHelpText('after', '\nExample:\n  $ npx lean-fuzz repair campaigns/smoke')
    .action((folder: string) => {
      const repaired = repairCampaign(folder);
      if (repaired.kind === 'undamaged') return printLine('the database is not damaged; nothing was changed');
      const { kept, rows } = repaired;
      printLine(`salvaged ${counted(rows.corpus, 'entries')} and ${counted(rows.findings, 'findings')}`);
      const others = Object.entries(rows).filter(([table]) => table !== 'corpus' && table !== 'findings');
      const incomplete = others.filter(([, { lost, isCut }]) => lost > 0 || isCut).map(([table]) => table);
      if (incomplete.length > 0) printLine(`not all could be salvaged of: ${incomplete.join(', ')}`);
      printLine(`the damaged database is kept as ${kept}`);
    });
}

function counted({ kept, lost, isCut }: Salvaged, what: string): string {
  return isCut ? `${kept} ${what} (how many there were is not known)` : `${kept} of ${kept + lost} ${what}`;
}

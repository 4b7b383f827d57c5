import { duration, percent } from '../format.js';
import { asLine } from '../../util/printable.js';
import { asMarkdown, asMarkdownCode } from '../../util/markup.js';
import type { Find, CiOutcome } from './outcome.js';

/** Commands that GitHub Actions reads in a step's output: an annotation for each find. */
export function annotations({ finds }: CiOutcome): string[] {
  return finds.map((find) => {
    const { file, title, message } = find;
    return `::${levelOf(find)} file=${asProperty(file)},title=${asProperty(`lean-fuzz: ${title}`)}::${asData(message)}`;
  });
}

/** The step's summary, in Markdown. */
export function stepSummary({ finds, summary }: CiOutcome): string {
  const { candidates, seed, leanVersion, elapsedSeconds, declarations, declarationsAccepted, corpus } =
    summary;
  return [
    '## lean-fuzz',
    '',
    `${asMarkdown(`Lean ${leanVersion}`)}, seed ${seed}, ${duration(elapsedSeconds)}: ${candidates} candidates, ` +
      `${percent(declarationsAccepted, declarations)} of ${declarations} declarations accepted, corpus ${corpus}.`,
    '',
    ...(finds.length === 0
      ? ['Nothing was found.']
      : [
          '| | find | declarations | replay |',
          '|-|------|--------------|--------|',
          ...finds.map(
            ({ shown, title, replay, isFailing }) =>
              `| ${isFailing ? 'fails' : ''} | ${asMarkdown(described(title, shown))} | ${shown.declarations} | ` +
              `${asMarkdownCode(replay, 'cell')} |`,
          ),
        ]),
    '',
  ].join('\n');
}

function described(title: string, { signature, known }: Find['shown']): string {
  return `${title}: ${signature}${known === undefined ? '' : ` (${known})`}`;
}

function levelOf({ isFailing, shown }: Find): 'error' | 'warning' | 'notice' {
  if (isFailing) return 'error';
  return shown.known === undefined ? 'warning' : 'notice';
}

function asData(text: string): string {
  return asLine(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function asProperty(text: string): string {
  return asData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

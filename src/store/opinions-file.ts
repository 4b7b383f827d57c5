import { dirname } from 'node:path';
import { z } from 'zod';
import { describeAsked, type Opinion } from '../api/opinion.js';
import { isThere, readBounded, replaceFile, RootFolder } from '../util/files.js';
import { asMarkdown } from '../util/markup.js';
import { asJson } from '../util/printable.js';
import { ownCommand, pathArgument } from '../util/shell.js';
import { nativeHeading } from './finding-files.js';

/** The answers of everybody who is at hand to a finding, in its folder. */
const opinionsFile = 'opinions.json';

/** The heading in a finding's README below which that stands. */
const opinionsHeading = '\n## Who answers what\n';

/** Bytes of a README that is read: far more than any that is written. */
const maxReadmeBytes = 16 << 20;

/** The Leans of it that can be asked again by a command: those without a planted bug. */
function leansOf(opinions: readonly Opinion[]): string[] {
  return opinions.flatMap(({ by }) => {
    if (by.kind !== 'lean' || by.mutant !== undefined) return [];
    return by.lean.kind === 'embedded' ? 'embedded' : dirname(by.lean.path);
  });
}

/** Records opinions in a finding's folder, and lines of them in its README; older ones are replaced. */
export function writeOpinions(folder: string, opinions: readonly Opinion[]): void {
  const root = new RootFolder(folder);
  const record = { format: 'lean-fuzz opinions', version: 1, opinions };
  replaceFile(root.at(opinionsFile), `${asJson(record, 2)}\n`);
  const readme = root.at('README.md');
  if (!isThere(readme)) return;
  const [before = '', native] = readBounded(readme, maxReadmeBytes).toString().split(nativeHeading);
  const [own = ''] = before.split(opinionsHeading);
  const said = opinions.map((opinion) => `- ${asMarkdown(lineOf(opinion))}`).join('\n');
  const leans = leansOf(opinions);
  const again =
    leans.length < 2
      ? ''
      : `\nAsk them again, from this folder:\n\n\`\`\`\n${ownCommand(['compare', '.', ...leans.flatMap((lean) => ['--lean', pathArgument(lean)])], folder)}\n\`\`\`\n`;
  const rest = native === undefined ? '' : `${nativeHeading}${native}`;
  replaceFile(readme, `${own}${opinionsHeading}\n${said}\n${again}${rest}`);
}

const asked = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lean'),
    lean: z.object({
      kind: z.enum(['embedded', 'native']),
      ...{ name: z.string(), version: z.string(), githash: z.string(), path: z.string(), hash: z.string() },
    }),
    mutant: z.string().optional(),
  }),
  z.object({ kind: z.literal('checker'), name: z.string(), command: z.string() }),
]);
const stored = z.object({
  opinions: z.array(
    z.object({ by: asked, answer: z.object({ kind: z.enum(['accepts', 'refuses', 'noAnswer']) }) }),
  ),
});

/** An opinion of a folder's file: who, and which answer. */
export type StoredOpinion = z.infer<typeof stored>['opinions'][number];

/** The opinions in a finding's folder; none where there is no such file, or one that is something else. */
export function readOpinions(folder: string): readonly StoredOpinion[] {
  try {
    const text = readBounded(new RootFolder(folder).at(opinionsFile), maxReadmeBytes).toString();
    return stored.safeParse(JSON.parse(text)).data?.opinions ?? [];
  } catch {
    return [];
  }
}

function lineOf({ by, answer }: Opinion): string {
  switch (answer.kind) {
    case 'accepts':
      return `accepts: ${describeAsked(by)}`;
    case 'refuses':
      return `refuses (${answer.why}): ${describeAsked(by)}`;
    case 'noAnswer':
      return `no answer (${answer.why}): ${describeAsked(by)}`;
  }
}

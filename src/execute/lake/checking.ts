import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, noAnswer, refuses, type Answer } from '../../api/answer.js';
import type { Checks } from '../../api/lake.js';
import { saysCutShort, saysLimit } from '../../api/limits.js';
import { buildCommand, commandIn, oleansOf, type LakeTarget } from './lake-commands.js';
import { firstComplaint } from './lake-messages.js';
import { describeEnding, type CommandResult } from './server-protocol.js';
import type { LentCopy, TemplateClient } from './template-client.js';

/**
 * Puts a whole solution to all that the user has: comparator, Lake, SafeVerify, in a copy of its own in which nothing
 * of the solution was ever built, as comparator demands. Comparator builds for itself; Lake's own build comes after
 * it.
 */
export async function checkSolution(
  client: TemplateClient,
  target: LakeTarget,
  text: string,
): Promise<Checks> {
  const copy = await client.take();
  try {
    await client.write('Solution.lean', text);
    const remarks: string[] = [];
    const { comparator, safeVerify } = target.checkers;
    const ask = async (name: string, args: readonly string[]): Promise<Answer> => {
      const result = await client.run(commandIn(copy, target, [target.lake, 'env', ...args]));
      const answer = answerOf(result);
      if (answer.kind !== 'accepts') remarks.push(`${name}: ${answer.why}`);
      return answer;
    };
    const compared =
      comparator === undefined ? noAnswer('not here') : await ask('comparator', [comparator, 'config.json']);
    const lake = answerOf(await client.run(buildCommand(copy, target, ['Challenge', 'Solution'])));
    if (lake.kind !== 'accepts') remarks.unshift(`lake: ${lake.why}`);
    const verified =
      safeVerify === undefined || lake.kind !== 'accepts'
        ? noAnswer(safeVerify === undefined ? 'not here' : 'there is nothing that was built')
        : await ask('SafeVerify', [safeVerify, compiled(copy, 'Challenge'), compiled(copy, 'Solution')]);
    return { lake, comparator: compared, safeVerify: verified, remarks };
  } finally {
    await client.giveBack();
  }
}

/** A program that was killed, could not run, or met a limit has not answered: its failure is no verdict. */
function answerOf(result: CommandResult): Answer {
  if (result.ending === 'exited' && result.code === 0) return accepts;
  const why = complaintOf(result);
  const isOver = result.ending !== 'exited' || result.code >= 126;
  const output = `${result.stdout}\n${result.stderr}`;
  return isOver || saysCutShort(output) || saysLimit(why) ? noAnswer(why) : refuses(why);
}

function complaintOf(result: CommandResult): string {
  const complaint = firstComplaint(result);
  const ending = describeEnding(result);
  return complaint === undefined ? ending : `${ending}: ${complaint.slice(0, 300)}`;
}

function compiled({ project }: LentCopy, module: string): string {
  const [newest = ''] = oleansOf(module);
  return oleansOf(module).find((path) => existsSync(join(project, path))) ?? newest;
}

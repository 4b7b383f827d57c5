import { closeSync, mkdtempSync, openSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noAnswer } from '../../api/answer.js';
import type { Checker } from '../../api/checker.js';
import { nanodaConfig } from '../../kernel/export/nanoda-config.js';
import { messageOf } from '../../util/errors.js';
import { asUserError } from '../../util/machine-trouble.js';
import { commandIn } from '../lake/lake-commands.js';
import { TemplateClient, type LentCopy } from '../lake/template-client.js';
import { TemplateServer } from '../lake/template-server.js';
import { answerOf, configName, exportName, wordsOf, type RunAnswer } from './how-it-runs.js';

/** An export, and the axioms in it that are not to be held against it. */
export interface Exported {
  readonly text: string;
  readonly axioms: readonly string[];
}

/** An empty folder, open, and its path. It is in no other any more: nothing of it is left, however this process ends. */
function emptyFolder(): readonly [number, string] {
  try {
    const path = mkdtempSync(join(tmpdir(), 'lean-fuzz-checkers-'));
    const folder = openSync(path, 'r');
    rmdirSync(path);
    return [folder, `/proc/${process.pid}/fd/${folder}`];
  } catch (error) {
    throw asUserError(error, 'temporary folder', tmpdir());
  }
}

/**
 * Runs checkers over one export after the other, in a copy of an empty folder inside the template server's fence:
 * with limits of time, memory, processes and output, without network, and ended with all that they have started.
 */
export class CheckerHost {
  private readonly server: TemplateServer;
  private readonly client: TemplateClient;
  private readonly copy: LentCopy;
  private readonly commandMillis: number;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(parts: {
    readonly server: TemplateServer;
    readonly client: TemplateClient;
    readonly copy: LentCopy;
    readonly commandMillis: number;
  }) {
    ({
      server: this.server,
      client: this.client,
      copy: this.copy,
      commandMillis: this.commandMillis,
    } = parts);
  }

  /** Starts it. UserError (78) where that can't be. */
  static async start(commandMillis: number): Promise<CheckerHost> {
    const [folder, template] = emptyFolder();
    try {
      const server = await TemplateServer.start({ template, copies: 1 });
      try {
        const client = await TemplateClient.connect(server.socketPath);
        return new CheckerHost({ server, client, copy: await client.take(), commandMillis });
      } catch (error) {
        await server.stop();
        throw error;
      }
    } finally {
      closeSync(folder);
    }
  }

  /** The answer of a checker to an export; one after the other. */
  ask(checker: Checker, exported: Exported): Promise<RunAnswer> {
    const answer = this.turn.then(() => this.run(checker, exported));
    this.turn = answer;
    return answer;
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.server.stop();
  }

  private async run(checker: Checker, { text, axioms }: Exported): Promise<RunAnswer> {
    try {
      await this.client.write(exportName, text);
      await this.client.write(configName, nanodaConfig(exportName, axioms));
      const target = { checkers: {}, commandMillis: this.commandMillis };
      const words = [
        '/bin/sh',
        '-c',
        'cd -- "$1" && shift && exec "$@"',
        'sh',
        this.copy.project,
        ...wordsOf(checker),
      ];
      return answerOf(checker, await this.client.run(commandIn(this.copy, target, words)), text);
    } catch (error) {
      return noAnswer(messageOf(error));
    }
  }
}

import { UserError } from '../../util/errors.js';
import { untilAborted } from '../../util/until-aborted.js';
import { commandIn } from './lake-commands.js';
import { missingFences, type CommandResult, type ServerOptions } from './server-protocol.js';
import { TemplateClient, type LentCopy } from './template-client.js';
import { TemplateServer, type TemplateServerSettings } from './template-server.js';

/** A folder's copy in which commands run inside the template server's fence: clean environment, no network, limits. */
export interface FencedFolder {
  /** Where the copy is; commands change files only there. */
  readonly folder: string;
  /** Milliseconds that a command may take. */
  readonly commandMillis: number;
  /** Runs a command in a folder below, with the limits of a build. */
  run(below: string, args: readonly string[]): Promise<CommandResult>;
}

/** How the fence is made, and what ends the action early; its reason is thrown. */
export interface FenceSettings extends Pick<TemplateServerSettings, 'without' | 'stores'> {
  readonly signal?: AbortSignal;
}

/** Copies a folder into the fence for one action. UserError (78) where this machine has no fence. */
export async function withFencedFolder<T>(
  folder: string,
  commandMillis: number,
  action: (fenced: FencedFolder) => Promise<T>,
  { signal, ...settings }: FenceSettings = {},
): Promise<T> {
  const server = await TemplateServer.start({ template: folder, copies: 1, ...settings });
  try {
    requireFence(server.options);
    const client = await TemplateClient.connect(server.socketPath);
    try {
      const copy = await client.take();
      const target = { checkers: {}, commandMillis };
      const run: FencedFolder['run'] = (below, args) =>
        client.run(commandIn(copy, target, inFolder(copy, below, args)));
      return await untilAborted(action({ folder: copy.project, commandMillis, run }), signal);
    } finally {
      client.close();
    }
  } finally {
    await server.stop();
  }
}

/** Refuses (UserError, 78) a machine on which untrusted code could write elsewhere or reach the network. */
export function requireFence(options: ServerOptions): void {
  if (options.landlock && options.noNetwork) return;
  const missing = missingFences({ ...options, signalScope: true, pidNamespace: true });
  throw new UserError(`fence: ${missing.join('; ')}; a finding's code is run only inside both`);
}

/** A command with the folder that it runs in; the shell sees both as arguments only. */
function inFolder(copy: LentCopy, below: string, args: readonly string[]): string[] {
  return ['/bin/sh', '-c', 'cd -- "$1" && shift && exec "$@"', 'sh', `${copy.project}/${below}`, ...args];
}

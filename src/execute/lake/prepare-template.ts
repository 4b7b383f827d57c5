import { checkersOf } from '../../api/checker.js';
import type { LakeOptions } from '../../api/lake.js';
import { nanodaProgram } from '../checker/how-it-runs.js';
import { UserError, unusable } from '../../util/errors.js';
import { commandIn, type LakeTarget } from './lake-commands.js';
import { firstComplaint } from './lake-messages.js';
import { describeEnding, type CommandResult } from './server-protocol.js';
import { TemplateClient, type LentCopy } from './template-client.js';
import { checkTemplate, readTemplateFile } from './template-files.js';
import { TemplateServer, type TemplateServerSettings } from './template-server.js';
import { findProgram } from '../../util/find-program.js';

/** A template may have to fetch and build its dependencies, once. */
const templateBuildMillis = 60 * 60_000;

/** A running template server whose copies are built. */
export interface LakeHost {
  readonly server: TemplateServer;
  readonly target: LakeTarget;
  /** The toolchain's own description, e.g. `Lean (version 4.28.0, ...)`. */
  readonly toolchain: string;
}

/**
 * Checks tools and template, starts the template server and builds the template in it, once: with network, because it
 * is the user's own. UserError (78) that names what is missing or does not build, the signal's reason where that is
 * aborted.
 */
export async function startLakeHost(
  options: LakeOptions,
  copies: number,
  commandMillis: number,
  abort?: AbortSignal,
  {
    onServer,
    ...settings
  }: Pick<TemplateServerSettings, 'stores' | 'without'> & {
    /** Hears of the server as soon as it serves, before the template is built. */
    readonly onServer?: (server: TemplateServer) => void;
  } = {},
): Promise<LakeHost> {
  const { template, comparator, safeVerify, lean4export } = options;
  const nanoda = nanodaProgram(checkersOf(options.checkers));
  const checkers = { comparator, safeVerify, lean4export, nanoda };
  checkTemplate(template);
  const lake = findProgram(options.lake);
  if (lake === undefined)
    throw unusable('lake', options.lake, 'a program on the PATH, or its path (install elan, or use --lake)');
  const server = await TemplateServer.start({ template, copies, ...settings });
  onServer?.(server);
  const stop = (): void => void server.stop();
  abort?.addEventListener('abort', stop);
  // It may have been told to stop while the server started: no event says so any more.
  if (abort?.aborted === true) stop();
  let client: TemplateClient | undefined;
  try {
    client = await TemplateClient.connect(server.socketPath);
    const target = { socketPath: server.socketPath, lake, checkers, commandMillis };
    const toolchain = await buildTemplate(client, target, template);
    await client.seal(copies);
    return { server, target, toolchain };
  } catch (error) {
    await server.stop();
    throw abort?.aborted === true ? abort.reason : error;
  } finally {
    client?.close();
    abort?.removeEventListener('abort', stop);
  }
}

async function buildTemplate(client: TemplateClient, target: LakeTarget, template: string): Promise<string> {
  const copy = await client.take();
  const patient = { ...target, commandMillis: templateBuildMillis };
  const run = (args: readonly string[]): Promise<CommandResult> =>
    client.run(commandIn(copy, patient, [target.lake, ...args], true));
  if (target.checkers.nanoda !== undefined) await enableNanoda(client, copy);
  const version = await run(['env', 'lean', '--version']);
  if (!succeeded(version)) {
    const toolchain = readTemplateFile(template, 'lean-toolchain').trim();
    throw unusable('toolchain', toolchain, `one that is installed (${complaintOf(version)})`);
  }
  const build = await run(['build']);
  if (!succeeded(build))
    throw unusable('template folder', template, `a project that builds (lake build: ${complaintOf(build)})`);
  await client.giveBack();
  return version.stdout.split('\n', 1)[0] ?? '';
}

/** The copies' config.json asks comparator for the second kernel; the user's own stays as it is. */
async function enableNanoda(client: TemplateClient, copy: LentCopy): Promise<void> {
  try {
    const config = JSON.parse(readTemplateFile(copy.project, 'config.json')) as object;
    await client.write('config.json', `${JSON.stringify({ ...config, enable_nanoda: true }, null, 2)}\n`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unusable('config.json of the template', 'no JSON', "comparator's configuration");
  }
}

function succeeded(result: CommandResult): boolean {
  return result.ending === 'exited' && result.code === 0;
}

function complaintOf(result: CommandResult): string {
  const complaint = firstComplaint(result);
  return complaint === undefined ? describeEnding(result) : `${describeEnding(result)}: ${complaint}`;
}

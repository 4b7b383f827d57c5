import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type {
  CommandLimits,
  CommandResult,
  Fence,
  ServerStatus,
} from '../../src/execute/lake/server-protocol.js';
import { TemplateClient } from '../../src/execute/lake/template-client.js';
import { TemplateServer } from '../../src/execute/lake/template-server.js';
import { descendantsOf } from './processes.js';
import { temporaryFolder } from './temporary-folder.js';

/** A template for tests that need no Lean. */
export const smallTemplate = {
  'Solution.lean': 'theorem soundness_check : False := sorry\n',
  'Template/Basic.lean': '-- nothing\n',
  '.lake/build/lib/Template.olean': 'compiled',
};

export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** All files below a folder with what is in them. */
export function contentsOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

/** Generous, so that a test sees only the limit that it is about. */
export const generous: CommandLimits = {
  wallMillis: 60_000,
  cpuSeconds: 60,
  processes: 200,
  outputBytes: 65_536,
  addressBytes: 0,
  fileBytes: 0,
  copyBytes: 256 << 20,
};

export interface Served {
  readonly server: TemplateServer;
  readonly client: TemplateClient;
  readonly store: string;
  readonly template: string;
  readonly connect: () => Promise<TemplateClient>;
}

/** A sealed template server with a client, which end with the test. */
export async function serve(
  options: { files?: Readonly<Record<string, string | Buffer>>; copies?: number; without?: Fence[] } = {},
): Promise<Served> {
  const template = folderWith(options.files ?? smallTemplate);
  const store = temporaryFolder();
  const copies = options.copies ?? 1;
  const { without = [] } = options;
  const server = await TemplateServer.start({ template, copies, stores: [store], without });
  onTestFinished(() => server.stop());
  const connect = async () => {
    const client = await TemplateClient.connect(server.socketPath);
    onTestFinished(() => client.close());
    return client;
  };
  const client = await connect();
  await client.seal(copies);
  return { server, client, store, template, connect };
}

/** Runs a line of shell in the copy that a client holds. */
export function shell(
  client: TemplateClient,
  line: string,
  limits: Partial<CommandLimits> = {},
): Promise<CommandResult> {
  return client.run({
    arguments: ['sh', '-c', line],
    environment: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    limits: { ...generous, ...limits },
  });
}

/** Descendants of a server that are no keepers. */
export function sleepersBelow(server: TemplateServer): number[] {
  const keepers = descendantsOf(server.pid).filter(({ parent }) => parent === server.pid);
  return keepers.flatMap(({ pid }) => descendantsOf(pid)).map(({ pid }) => pid);
}

/** The server's status when no copy is being restored. */
export async function restored(client: TemplateClient): Promise<ServerStatus> {
  for (;;) {
    const status = await client.status();
    if (status.restoring === 0) return status;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

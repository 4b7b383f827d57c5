import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateClient } from '../../src/execute/lake/template-client.js';
import { TemplateServer } from '../../src/execute/lake/template-server.js';
import type { Command } from '../../src/execute/lake/server-protocol.js';
import type { BenchCase, Measurement } from '../case.js';
import { withTemporaryFolder } from '../cleanup.js';

const limits: Command['limits'] = {
  wallMillis: 10_000,
  cpuSeconds: 10,
  processes: 512,
  outputBytes: 65_536,
  addressBytes: 0,
  fileBytes: 1 << 28,
  copyBytes: 1 << 30,
};

export const lake: BenchCase = {
  name: 'lake',
  about: 'template copies handed out and restored, and /bin/true run in them',
  async run({ quick, note }) {
    note('small template');
    const small = await withTemporaryFolder((folder) => measureTests(folder, quick ? 50 : 1000));
    note('template of 2,000 files and 120 MB');
    const large = await withTemporaryFolder((folder) => measureRestore(folder, quick ? 5 : 50));
    return [...small, ...large];
  },
};

async function withServer<T>(
  template: string,
  copies: number,
  action: (client: TemplateClient) => Promise<T>,
): Promise<T> {
  const server = await TemplateServer.start({ template, copies });
  try {
    const client = await TemplateClient.connect(server.socketPath);
    await client.seal(copies);
    while ((await client.status()).ready < copies) await pause(10);
    return await action(client);
  } finally {
    await server.stop();
  }
}

/** A test as a worker makes one, with a command that does nothing. */
function measureTests(template: string, count: number): Promise<Measurement[]> {
  writeFileSync(join(template, 'Solution.lean'), 'theorem soundness_check : False := sorry\n');
  return withServer(template, 3, async (client) => {
    const handedOut: number[] = [];
    const ran: number[] = [];
    const startedAt = performance.now();
    for (let i = 0; i < count; i++) {
      handedOut.push(await millis(() => client.take()));
      await client.write('Solution.lean', `-- ${i}\n`);
      ran.push(await millis(() => client.run(command('/bin/true'))));
      await client.giveBack();
    }
    const perSecond = (1000 * count) / (performance.now() - startedAt);
    // The machine's best time for it: a shell's loop, without server and fences.
    const rounds = 200;
    const loop = `i=0; while [ $i -lt ${rounds} ]; do /bin/true; i=$((i+1)); done`;
    const plain = await millis(() => Promise.resolve(spawnSync('sh', ['-c', loop])));
    return [
      { name: 'copy handed out', samples: handedOut, unit: 'ms', goal: { atMost: 1 } },
      { name: 'fork, exec and wait of /bin/true', samples: ran, unit: 'ms', goal: { atMost: 3 } },
      { name: 'the same in a loop of sh', samples: [plain / rounds], unit: 'ms' },
      {
        name: 'tests with /bin/true, one worker',
        samples: [perSecond],
        unit: 'per s',
        goal: { atLeast: 300 },
      },
    ];
  });
}

/** A test that changes five files of a large template; the time is the server's own. */
function measureRestore(template: string, count: number): Promise<Measurement[]> {
  const content = Buffer.alloc(60_000, 'olean ');
  for (let i = 0; i < 2000; i++) {
    const folder = join(template, '.lake', `d${i % 40}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `f${i}.olean`), content);
  }
  return withServer(template, 1, async (client) => {
    const restored: number[] = [];
    // The first lease counts what was copied shortly before as changed.
    for (let i = 0; i <= count; i++) {
      await client.take();
      for (let file = 0; file < 5; file++)
        await client.write(`.lake/d${file}/f${file}.olean`, `changed ${i}`);
      await client.giveBack();
      while ((await client.status()).ready < 1) await pause(1);
      if (i > 0) restored.push((await client.status()).restoreMicros / 1000);
      await pause(50);
    }
    return [{ name: 'restored after 5 of 2,000 files', samples: restored, unit: 'ms', goal: { atMost: 20 } }];
  });
}

function command(program: string): Command {
  return { arguments: [program], environment: {}, limits };
}

async function millis(action: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await action();
  return performance.now() - startedAt;
}

function pause(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time));
}

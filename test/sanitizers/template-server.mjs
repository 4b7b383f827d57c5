/**
 * A template server under a sanitizer: clients take copies, write, run and give back at random, say what makes no sense,
 * go away in the middle, and keepers and commands are killed meanwhile. Then the server ends, or is killed
 * and the next one clears up: template-server.mjs PROGRAM SEED ROUNDS. One line and status 0, or what was wrong.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { allFencesBut, readStartMessage, request } from '../../dist/execute/lake/server-protocol.js';
import { ServerGone, TemplateClient } from '../../dist/execute/lake/template-client.js';
import { Random } from '../../dist/util/random.js';
import { UserError } from '../../dist/util/errors.js';

const [, , program, seed = '1', rounds = '300'] = process.argv;
const random = Random.of(Number(seed));
const folder = mkdtempSync(join(tmpdir(), 'lean-fuzz-sanitized'));
const [template, store] = ['template', 'store'].map((name) => join(folder, name));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const copies = 3;
mkdirSync(join(template, 'A', 'B'), { recursive: true });
mkdirSync(store);
for (const name of ['lakefile.toml', 'A/One.lean', 'A/B/Two.lean']) writeFileSync(join(template, name), name);

const commands = [
  'true',
  'exit 3',
  'sleep 60',
  'kill -SEGV $$',
  'head -c 3000000 /dev/zero',
  'rm -rf ./* "$PWD"; mkdir A; ln -s / A/root',
  'for i in 1 2 3 4 5 6 7 8 9; do sleep 50 & done; setsid sleep 50 & wait',
  'head -c 5000000 /dev/zero > large; chmod 000 A',
  'i=0; while [ $i -lt 200 ]; do mkdir d; cd d; i=$((i+1)); done',
];
const pick = (list) => random.pick(list);

async function start() {
  const args = [template, String(copies), String(allFencesBut([])), store];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const chunks = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  const { problem, socketPath } = readStartMessage(Buffer.concat(chunks));
  if (problem !== null) throw new Error(problem);
  return { child, exited, socketPath };
}

/** Processes below one, its own children first. */
function below(pid) {
  let children = [];
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    // it has just ended
  }
  return [...children, ...children.flatMap(below)];
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // it has just ended
  }
}

/** One round of a client: one request, drawn at random. A refusal is an answer, too. */
async function act(client) {
  const limits = { wallMillis: 200, cpuSeconds: 5, processes: 6, outputBytes: 1000 };
  const wide = { addressBytes: 0, fileBytes: 4_000_000, copyBytes: 4_000_000 };
  const actions = [
    () => client.take(),
    () =>
      client.write(
        pick(['new/file', 'A/One.lean', '../out', 'A/B', '', 'a'.repeat(300)]),
        'text'.repeat(random.below(9000)),
      ),
    () =>
      client.run({
        arguments: ['sh', '-c', pick(commands)],
        environment: { PATH: '/usr/bin:/bin' },
        limits: { ...limits, ...wide },
      }),
    () =>
      client.run({
        arguments: pick([[], ['/nowhere'], ['x'.repeat(5000)]]),
        environment: {},
        limits: { ...limits, ...wide },
      }),
    () => client.giveBack(),
    () => client.status(),
    () => client.seal(pick([0, 1, copies, copies + 1, 5000])),
  ];
  try {
    await Promise.race([pick(actions)(), setTimeout(3000)]);
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof ServerGone) throw error;
  }
}

/** Sends what makes no sense, or half of what does, and goes away. */
async function babble(path) {
  const socket = connect(path);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const whole = pick(['take', 'run', 'write', 'seal', 'giveBack', 'status']);
  const bytes = request(whole, (out) => {
    for (let n = random.below(12); n > 0; n--) out.u32(pick([0, 1, 3, 70_000, 2 ** 31, 2 ** 32 - 1]));
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(pick([bytes.length, bytes.length, bytes.length + 5, 0, 3, 2 ** 32 - 1]));
  socket.write(Buffer.concat([length, bytes]));
  await setTimeout(random.below(20));
  socket.destroy();
}

let server = await start();
let clients = [];
const counts = { acts: 0, babbles: 0, kills: 0, restarts: 0 };
const client = async () => (clients[random.below(4)] ??= await TemplateClient.connect(server.socketPath));
await (await client()).seal(copies);
for (let round = 0; round < Number(rounds); round++) {
  const what = random.below(20);
  if (what < 13) {
    counts.acts++;
    await Promise.all([client().then(act), client().then(act)]);
  } else if (what < 15) {
    counts.babbles++;
    await babble(server.socketPath);
  } else if (what < 19) {
    counts.kills++;
    const half = client().then(act);
    const victims = below(server.child.pid);
    if (victims.length > 0) signal(pick(victims), pick(['SIGKILL', 'SIGTERM']));
    await half;
  } else if (round % 3 > 0) {
    const at = random.below(4);
    clients[at]?.close();
    clients[at] = undefined;
  } else {
    counts.restarts++;
    server.child.kill('SIGKILL');
    await server.exited;
    clients.forEach((one) => one?.close());
    clients = [];
    server = await start();
    await (await client()).seal(copies);
  }
  if (server.child.exitCode !== null || server.child.signalCode !== null)
    throw new Error(`seed ${seed}, round ${round}: the server has ended`);
}
await (await TemplateClient.connect(server.socketPath)).status();
server.child.stdin.end();
const [status] = await server.exited;
if (status !== 0) throw new Error(`seed ${seed}: the server ended with ${status}`);
const left = existsSync(store) ? readdirSync(store) : [];
if (left.length > 0) throw new Error(`seed ${seed}: ${left.join()} is left`);
console.log(`template server, seed ${seed}: ${JSON.stringify(counts)}`);
process.exit(0);

/** The entry point of the desk's process; argv[2] holds DeskOptions as JSON. */
import { addon } from '../../native/addon.js';
import { decodeFinding } from '../../share/entry-codec.js';
import { MalformedBytes } from '../../util/bytes.js';
import { CheckerHost } from '../../execute/checker/checker-host.js';
import { ExitCode, messageOf, UserError } from '../../util/errors.js';
import { AskedChecker } from './asked-checker.js';
import { AskedLean } from './asked-lean.js';
import { Desk } from './desk.js';
import type { DeskOptions, FromDesk, ToDesk } from './protocol.js';

process.on('SIGINT', () => undefined); // the primary decides what Ctrl-C means
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit(ExitCode.unexpected));

const tell = (message: FromDesk): Promise<void> =>
  new Promise((resolve) => void process.send?.(message, undefined, undefined, () => resolve()));
try {
  if (!addon().dieWithParent(process.ppid)) process.exit(ExitCode.unexpected);
  await work(JSON.parse(process.argv[2] ?? '{}') as DeskOptions);
  process.exit(ExitCode.clean);
} catch (error) {
  const exitCode = error instanceof UserError ? error.exitCode : ExitCode.unexpected;
  const message = error instanceof UserError ? error.message : ((error as Error).stack ?? messageOf(error));
  await tell({ type: 'failed', message, exitCode });
  process.exit(exitCode);
}

/** Boots all who are asked, and works until the primary has it finish. */
async function work(options: DeskOptions): Promise<void> {
  const { own, others, jobMillis } = options;
  const notice = (text: string): void => void tell({ type: 'notice', text });
  const boot = new AbortController();
  const start = (asked: DeskOptions['own']): Promise<AskedLean> =>
    AskedLean.start(asked, jobMillis, notice, boot.signal);
  const leans = await Promise.all([own, ...others].map(start));
  const [first, ...rest] = leans as [AskedLean, ...AskedLean[]];
  // One for each: a slow one keeps nobody waiting.
  const hosts = await Promise.all(options.checkers.map(() => CheckerHost.start(jobMillis)));
  const checkers = options.checkers.flatMap((checker, index) => {
    const host = hosts[index];
    return host === undefined ? [] : new AskedChecker(host, checker, own.lean);
  });
  let last: Promise<void> = Promise.resolve();
  const desk = new Desk(first, rest, checkers, (message) => {
    last = tell(message);
  });
  process.on('message', (message: ToDesk) => onMessage(desk, message));
  await tell({ type: 'ready' });
  await desk.run();
  await last;
  await Promise.all(hosts.map((host) => host.stop()));
}

function onMessage(desk: Desk, message: ToDesk): void {
  switch (message.type) {
    case 'questions':
      return desk.add(message.questions);
    case 'stored':
      return desk.stored();
    case 'finish':
      return desk.finish(message.millis);
    case 'finding':
      try {
        return desk.askAbout(message.id, decodeFinding(message.bytes));
      } catch (error) {
        if (error instanceof MalformedBytes) return;
        throw error;
      }
  }
}

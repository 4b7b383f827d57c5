import type { TemplateServer } from '../../execute/lake/template-server.js';
import type { Watched } from './watchdog.js';

/** How often a server is asked that has answered. */
const askMillis = 500;

/** The template server's beat: it is asked how it is, and each answer counts. */
export class ServerPulse {
  private beat = 0;
  private timer: NodeJS.Timeout | undefined;
  private isOver = false;

  constructor(
    private readonly server: Pick<TemplateServer, 'pid' | 'answers' | 'end'>,
    /** Whether it has more to do than to answer. */
    private readonly isBooting = false,
  ) {
    this.ask();
  }

  get watched(): Watched | undefined {
    const { server, beat, isBooting } = this;
    if (this.isOver) return undefined;
    return { name: 'the template server', pid: server.pid, beat, isBooting, end: () => server.end() };
  }

  stop(): void {
    this.isOver = true;
    clearTimeout(this.timer);
  }

  private ask(): void {
    // One that does not answer is found by its missing beat, one that has ended by its end.
    const again = (): void => {
      if (!this.isOver) this.timer = setTimeout(() => this.ask(), askMillis);
    };
    this.server.answers().then(
      () => {
        this.beat++;
        again();
      },
      () => again(),
    );
  }
}

import type { CampaignListener } from '../../api/campaign.js';
import { describeSignature } from '../../api/signature.js';
import { asLine } from '../../util/printable.js';
import { startLines, summaryLines } from '../format.js';
import { emptyScreen, withFind, withNotice, withSnapshot, type ScreenState } from './screen-state.js';

/** Where the screen is drawn. */
export interface Screen {
  /** Shows this state from now on. */
  show(state: ScreenState): void;
  /** Gives the terminal back; does nothing the second time. */
  close(): void;
  /** Writes a line that stays, where the screen is closed. */
  print(line: string): void;
}

/** Notices that are said again when the screen is gone. */
const keptNotices = 12;

/** Shows a campaign on a screen that rewrites itself; when it ends, what should stay is printed below each other. */
export function screenListener(screen: Screen): CampaignListener {
  let state: ScreenState = emptyScreen;
  const show = (next: ScreenState): void => screen.show((state = next));
  return {
    booting: (boot) => show({ ...state, boot }),
    started: (info) => show({ ...state, info }),
    progress: (snapshot) => show(withSnapshot(state, snapshot)),
    finding: ({ verdict: { kind, signature } }, _folder, known) => {
      const seconds = state.recent.at(-1)?.elapsedSeconds ?? 0;
      const isKnown = known !== undefined;
      show(withFind(state, { kind, signature: describeSignature(signature), isKnown, seconds }));
    },
    notice: (text) => show(withNotice(state, text)),
    finished: (summary) => {
      screen.close();
      const { info, notices } = state;
      const lines = [
        ...(info === undefined ? [] : startLines(info)),
        ...notices.slice(0, keptNotices).reverse(),
        ...summaryLines(summary),
      ];
      lines.forEach((line) => screen.print(asLine(line)));
    },
  };
}

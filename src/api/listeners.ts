import type { CampaignListener } from './campaign.js';

/** One listener that passes everything on to several, in their order. */
export function allOf(...listeners: readonly CampaignListener[]): CampaignListener {
  return {
    booting: (step) => listeners.forEach((one) => one.booting?.(step)),
    started: (info) => listeners.forEach((one) => one.started?.(info)),
    progress: (snapshot) => listeners.forEach((one) => one.progress?.(snapshot)),
    finding: (...found) => listeners.forEach((one) => one.finding?.(...found)),
    notice: (text) => listeners.forEach((one) => one.notice?.(text)),
    finished: (summary) => listeners.forEach((one) => one.finished?.(summary)),
  };
}

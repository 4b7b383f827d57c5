import { expect, it } from 'vitest';
import type { BootStep } from '../../../src/api/campaign.js';
import { BootProgress } from '../../../src/campaign/boot-progress.js';
import { stepOfMessage } from '../../../src/execute/zygote/boot-step.js';

it('tells each phase of a boot while it lasts, and its time when it is over', () => {
  let now = 1000;
  const steps: BootStep[] = [];
  const progress = new BootProgress({ booting: (step) => steps.push(step) }, () => now);
  const at = (millis: number, message: string): void => {
    now = 1000 + millis;
    const step = stepOfMessage(message);
    if (step !== undefined) progress.onStep(step);
  };
  at(0, '');
  at(100, 'preparing Lean: looking');
  at(600, 'preparing Lean: unpacking a: b');
  at(1100, 'booting Lean: importing Init');
  at(4000, 'declaring the base environment');
  now = 6000;
  expect(progress.end()).toEqual({
    bootSeconds: 5,
    bootPhases: [
      { phase: 'preparing Lean', seconds: 1 },
      { phase: 'booting Lean', seconds: 3.9 },
    ],
  });
  expect(steps).toEqual([
    { phase: 'preparing Lean', step: 'looking', seconds: 0.1 },
    { phase: 'preparing Lean', step: 'unpacking a: b', seconds: 0.6 },
    { phase: 'booting Lean', step: 'importing Init', seconds: 1.1 },
    { phase: 'booting Lean', step: 'declaring the base environment', seconds: 4 },
  ]);
});

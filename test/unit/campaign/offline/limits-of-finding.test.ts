import { describe, expect, it } from 'vitest';
import { limitsOfCampaign, limitsOfFinding } from '../../../../src/campaign/offline/limits-of-finding.js';
import { embedded } from '../../../support/leans.js';

const native = { ...embedded, kind: 'native' } as const;
const limits = {
  ...{ kernelHeartbeats: 777, maxHeartbeats: 4000, maxRecDepth: 512, stackBytes: 1 << 20, memoryMiB: 512 },
};

describe('limitsOfFinding', () => {
  it('gives a Lean of the same kind all that the finding says', () => {
    expect(limitsOfFinding({ limits, lean: native }, native)).toEqual({
      ...{ kernelHeartbeats: 777, maxHeartbeats: 4000, maxRecDepth: 512, memoryLimitMiB: 512 },
    });
  });

  it('gives one of the other kind the heartbeats that campaigns give it', () => {
    const [ofNative, ofEmbedded] = [native, embedded].map((lean) => limitsOfCampaign(lean).kernelHeartbeats);
    expect(ofNative).not.toBe(ofEmbedded);
    expect(limitsOfFinding({ limits, lean: embedded }, native).kernelHeartbeats).toBe(ofNative);
    expect(limitsOfFinding({ limits, lean: native }, embedded).kernelHeartbeats).toBe(ofEmbedded);
  });

  it('takes no more memory than a command has, and no number that does not fit, whatever a stranger wrote', () => {
    const huge = { ...limits, kernelHeartbeats: 2 ** 50, memoryMiB: 2 ** 50 };
    expect(limitsOfFinding({ limits: huge, lean: native }, native)).toMatchObject({
      ...{ kernelHeartbeats: 2 ** 32 - 1, memoryLimitMiB: 2048 },
    });
  });

  it('says nothing of a finding that says nothing', () => {
    expect(limitsOfFinding({ lean: native }, native)).toEqual({});
  });
});

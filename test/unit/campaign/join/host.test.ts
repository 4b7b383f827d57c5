import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { JoinHost, type OpenCampaign } from '../../../../src/campaign/join/host.js';
import type { ToGuest } from '../../../../src/campaign/join/protocol.js';
import { defaultCampaignOptions } from '../../../../src/options/fill-options.js';
import { decodeFinding } from '../../../../src/share/entry-codec.js';
import { Workdir } from '../../../../src/store/workdir.js';
import { packageVersion } from '../../../../src/util/package.js';
import { finding, snapshot, summary } from '../../../support/fakes.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { embedded } from '../../../support/leans.js';

/** A campaign of one worker with three free slots, which notes what is asked of it. */
class FakeCampaign implements OpenCampaign {
  readonly lean = embedded;
  readonly left: string[] = [];
  freeWorkers = 3;
  foundCount = 5;

  enter(count: number): ReturnType<OpenCampaign['enter']> {
    const workers = Array.from(
      { length: Math.min(count, this.freeWorkers) },
      (_, i) => 4 - this.freeWorkers + i,
    );
    this.freeWorkers -= workers.length;
    return {
      workers,
      leave: (now) => {
        this.left.push(`${workers.join(' ')} ${now ? 'now' : 'in order'}`);
        return Promise.resolve();
      },
    };
  }

  summary(
    stoppedBy: 'time' | 'runs' | 'solution' | 'signal',
    since: number,
  ): ReturnType<OpenCampaign['summary']> {
    return summary({ stoppedBy, solutionFolders: [`those since ${since}`] });
  }
}

async function open() {
  const workdir = new Workdir(temporaryFolder());
  const heard: string[] = [];
  const host = await JoinHost.open(
    workdir,
    { ...defaultCampaignOptions, level: 'kernel', seed: 7 },
    { notice: (text) => heard.push(text), progress: () => heard.push('progress') },
  );
  onTestFinished(() => host.end());
  return { workdir, host, heard, campaign: new FakeCampaign() };
}

/** A guest by hand: what it sends is up to the test, and what it is told can be waited for. */
class Guest {
  private readonly lines: AsyncIterator<string>;
  private constructor(private readonly socket: Socket) {
    socket.on('error', () => undefined);
    this.lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  }

  static async at({ folder }: Workdir): Promise<Guest> {
    const socket = connect(join(folder, 'join.sock'));
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return new Guest(socket);
  }

  say(message: unknown): this {
    this.socket.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
    return this;
  }

  join(parts: object = {}): this {
    return this.say({ type: 'join', version: packageVersion, cores: 1, exactly: false, given: [], ...parts });
  }

  /** The next message, or undefined at the end of the connection. */
  async hears(): Promise<ToGuest | undefined> {
    const next = await this.lines.next();
    return next.done === true ? undefined : (JSON.parse(next.value) as ToGuest);
  }

  hangUp(): void {
    this.socket.destroy();
  }
}

describe('a host', () => {
  it('has those who come early wait, and lets them in when the campaign is ready', async () => {
    const { workdir, host, campaign } = await open();
    const guest = (await Guest.at(workdir)).join({ cores: 2 });
    expect(await guest.hears()).toMatchObject({ type: 'notice' });
    host.admit(campaign);
    expect(await guest.hears()).toEqual({
      type: 'accepted',
      campaignFolder: workdir.folder,
      seed: 7,
      lean: embedded,
      stopOnSolution: 'off',
      workers: [1, 2],
    });
  });

  it('tells guests what its own terminal hears, findings whole', async () => {
    const { workdir, host, heard, campaign } = await open();
    host.admit(campaign);
    const guest = (await Guest.at(workdir)).join();
    expect(await guest.hears()).toMatchObject({ type: 'accepted' });
    host.listener.progress?.(snapshot());
    expect(await guest.hears()).toEqual({ type: 'progress', snapshot: snapshot() });
    host.listener.finding?.(finding(), '/f', undefined);
    const found = await guest.hears();
    if (found?.type !== 'finding') throw new Error('no finding');
    expect(found).toMatchObject({ folder: '/f' });
    expect(found.known).toBeUndefined();
    expect(decodeFinding(Buffer.from(found.finding, 'base64'))).toEqual(finding());
    host.listener.finished?.(summary());
    expect(await guest.hears()).toEqual({ type: 'finished', summary: summary() });
    expect(await guest.hears()).toBeUndefined();
    expect(heard).toEqual(['workers 1 joined from another terminal', 'progress']);
  });

  it('retires the workers of who leaves or hangs up, and gives who leaves a summary of its stay', async () => {
    const { workdir, host, campaign } = await open();
    host.admit(campaign);
    const guest = (await Guest.at(workdir)).join({ cores: 2 });
    await guest.hears();
    guest.say({ type: 'leave', reason: 'time', now: false });
    expect(await guest.hears()).toMatchObject({
      type: 'finished',
      summary: { stoppedBy: 'time', solutionFolders: ['those since 5'] },
    });
    const other = (await Guest.at(workdir)).join();
    expect(await other.hears()).toMatchObject({ workers: [3] });
    other.hangUp();
    await expect.poll(() => campaign.left).toContain('3 in order');
    expect(campaign.left[0]).toBe('1 2 in order');
  });

  it('refuses another version, contradictions, and more workers than it has slots for', async () => {
    const { workdir, host, campaign } = await open();
    host.admit(campaign);
    const given = [{ key: 'level', name: '--level', value: 'source' }];
    const refusals: [object, RegExp, number][] = [
      [{ version: '0.0.7', cores: 'of another kind' }, /lean-fuzz: got "0.0.7", expected version/, 78],
      [{ given }, /^--level: got "source", expected kernel/, 2],
      [{ cores: 4, exactly: true }, /^--cores: got "4", expected at most 3/, 2],
    ];
    for (const [parts, message, exitCode] of refusals) {
      const guest = (await Guest.at(workdir)).join(parts);
      expect(await guest.hears()).toMatchObject({
        type: 'refused',
        message: expect.stringMatching(message) as string,
        exitCode,
      });
      expect(await guest.hears()).toBeUndefined();
    }
    const many = (await Guest.at(workdir)).join({ cores: 99 });
    expect(await many.hears()).toMatchObject({ workers: [1, 2, 3] });
    const late = (await Guest.at(workdir)).join();
    for (let message = await late.hears(); message?.type !== 'refused'; message = await late.hears())
      continue;
    expect(campaign.left).toEqual([]);
  });

  it('does not let in who was refused before it was ready', async () => {
    const { workdir, host, campaign } = await open();
    const guest = (await Guest.at(workdir)).join({ version: '0.0.7' });
    expect(await guest.hears()).toMatchObject({ type: 'refused' });
    host.admit(campaign);
    expect(campaign.freeWorkers).toBe(3);
  });

  it.each([
    ['no JSON', 'hello'],
    ['null', 'null'],
    ['no type', '{}'],
    ['a request of another shape', { type: 'join', version: packageVersion, cores: 'all' }],
    ['options of another shape', { type: 'join', version: packageVersion, cores: 1, given: [null] }],
    ['a leave without a join', { type: 'leave', reason: 'time', now: true }],
  ])('hangs up on %s', async (_, message) => {
    const { workdir, host, campaign } = await open();
    host.admit(campaign);
    const guest = (await Guest.at(workdir)).say(message);
    expect(await guest.hears()).toBeUndefined();
    expect(campaign.freeWorkers).toBe(3);
  });

  it('tells guests what went wrong, and sends away without a word who still waits', async () => {
    const { workdir, host, campaign } = await open();
    const early = (await Guest.at(workdir)).say('');
    expect(await early.hears()).toBeUndefined();
    host.admit(campaign);
    const guest = (await Guest.at(workdir)).join();
    await guest.hears();
    await Promise.all([host.end(new Error('it broke')), guest.hears()]).then(([, message]) =>
      expect(message).toEqual({ type: 'failed', message: 'it broke', exitCode: 78 }),
    );
    expect(existsSync(join(workdir.folder, 'join.sock'))).toBe(false);
  });

  it('takes the place of a socket that a killed one left', async () => {
    const workdir = new Workdir(temporaryFolder());
    writeFileSync(join(workdir.folder, 'join.sock'), '');
    const host = await JoinHost.open(workdir, { ...defaultCampaignOptions, seed: 1 }, {});
    onTestFinished(() => host.end());
    expect(await (await Guest.at(workdir)).join().hears()).toMatchObject({ type: 'notice' });
  });

  it('goes on alone where it can not listen', async () => {
    const workdir = new Workdir(join(temporaryFolder(), 'not there'));
    const heard: string[] = [];
    const host = await JoinHost.open(
      workdir,
      { ...defaultCampaignOptions, seed: 1 },
      { notice: (text) => heard.push(text) },
    );
    expect(heard).toEqual([expect.stringContaining("other terminals can't join this campaign")]);
    await host.end();
  });
});

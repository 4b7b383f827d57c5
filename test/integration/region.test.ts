import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addon } from '../../src/native/addon.js';
import { header } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { UserError } from '../../src/util/errors.js';
import { entryPoint } from '../../src/util/package.js';
import { Child } from '../support/child.js';
import { smallRegion } from '../support/regions.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A descriptor of a plain file that holds the given bytes. */
function fileOf(bytes: Uint8Array): number {
  const path = join(temporaryFolder(), 'region');
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r+');
  onTestFinished(() => closeSync(fd));
  return fd;
}

/** The bytes of a good region, changed by `damage`. */
function damaged(damage: (words: Uint32Array) => Uint32Array | undefined): Uint8Array {
  const words = new Uint32Array(smallRegion().words);
  const result = damage(words) ?? words;
  return new Uint8Array(result.buffer, result.byteOffset, result.byteLength);
}

describe('SharedRegion', () => {
  it('is true shared memory: two processes see each other’s words and counters', async () => {
    const region = smallRegion();
    region.store(header.zygote_pid, 1234);
    region.addCounter(1, 'tests', 2);
    const child = Child.start('region-opener.js', region);
    expect(await child.next()).toEqual({ workers: 2, seen: 1234 });
    expect(region.load(header.fork_micros)).toBe(4242);
    expect(region.counter(1, 'tests')).toBe(7);
    expect(region.words.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('maps the same memory twice in one process', () => {
    const region = smallRegion();
    const second = SharedRegion.open(region.fd);
    second.store(header.stop, 1);
    expect(region.load(header.stop)).toBe(1);
    expect(second.workerCount).toBe(region.workerCount);
  });

  it('keeps the slots and mailboxes of workers apart', () => {
    const region = smallRegion({ workers: 3 });
    const places = [0, 1, 2].flatMap((worker) => [region.slot(worker), region.mailboxBell(worker)]);
    expect(new Set(places).size).toBe(6);
    expect(places.every((place) => place % 64 === 0 && place < region.words.byteLength)).toBe(true);
  });
});

describe('SharedRegion.create refuses', () => {
  it.each([
    ['no workers', { workers: 0 }],
    ['more than 2 GiB', { workers: 100_000 }],
    ['a feature map that is no power of two', { workers: 1, featureCount: 1000 }],
    ['logs that are not on cache lines', { workers: 1, corpusBytes: 1025 }],
    ['logs that hold nothing', { workers: 1, findingsBytes: 64 }],
  ])('%s', (_, sizes) => {
    expect(() => SharedRegion.create(sizes)).toThrow(UserError);
  });
});

describe('SharedRegion.open refuses', () => {
  it('a descriptor that is not open', () => {
    expect(() => SharedRegion.open(987)).toThrow(/descriptor of the shared region: Bad file descriptor/);
  });

  it.each([
    ['zeros', () => new Uint8Array(65536), 'not a lean-fuzz region'],
    ['another layout version', () => damaged((words) => void (words[1] = 99)), 'another layout version'],
    [
      'a size that does not fit the others',
      () => damaged((words) => void (words[3] = 7)),
      'a damaged region header',
    ],
    [
      'an offset that leads elsewhere',
      () => damaged((words) => void (words[5] = 0)),
      'a damaged region header',
    ],
    ['a region that is cut short', () => damaged((words) => words.slice(0, 65536 / 4)), 'cut short'],
    ['nothing', () => new Uint8Array(0), 'mapping the shared region: Invalid argument'],
    ['what is no whole number of pages', () => new Uint8Array(100), 'the region has 100 bytes'],
  ])('%s', (_, content, problem) => {
    const fd = fileOf(content());
    expect(() => SharedRegion.open(fd)).toThrow(problem);
  });
});

describe('a header that somebody has written over', () => {
  it('is said again by who knows it, for whoever opens the region next', () => {
    const region = smallRegion();
    const words = region.words.subarray(0, header.stop >> 2);
    const before = words.slice();
    words.fill(0xabcdef);
    expect(() => SharedRegion.open(region.fd)).toThrow(UserError);
    region.sayAgain();
    expect(words.slice(0, 18)).toEqual(before.slice(0, 18));
    expect(SharedRegion.open(region.fd).workerCount).toBe(2);
  });
});

describe('the native region refuses', () => {
  it('memory of another size than the file', () => {
    const region = smallRegion();
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const attempt = (): unknown => new (addon().Region)(new Int32Array(memory.buffer), region.fd);
    expect(attempt).toThrow(RangeError);
    expect(attempt).toThrow(/the region has \d+ bytes, the memory 65536/);
  });

  it('memory that is not page-aligned, and what is no memory', () => {
    const { fd } = smallRegion();
    const offset = new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer, 4);
    expect(() => new (addon().Region)(offset, fd)).toThrow('not page-aligned');
    expect(() => new (addon().Region)(new Uint8Array(8) as unknown as Int32Array, fd)).toThrow(TypeError);
  });

  it('offsets that are no word of it', () => {
    const { native, words } = smallRegion();
    for (const offset of [2, words.byteLength, words.byteLength - 2, 0xfffffffc]) {
      expect(() => native.ring(offset), `${offset}`).toThrow(RangeError);
      expect(() => native.wait(offset, 0, 1), `${offset}`).toThrow(RangeError);
    }
  });

  it('workers that it has no slot for', () => {
    const region = smallRegion();
    expect(() => region.mailbox(2)).toThrow('executor 2 of a region for 2');
    expect(() => region.corpusLog(99, 'newest')).toThrow(RangeError);
  });

  it('an answer that is shorter than the question', () => {
    expect(() => smallRegion().native.observe(new Uint32Array(3), new Uint32Array(2))).toThrow(RangeError);
  });
});

describe('a damaged region', () => {
  it('is told of in one line, and no trace, by a zygote that can not open it', () => {
    const file = fileOf(Buffer.alloc(65_536));
    const args = [entryPoint('execute/embedded/zygote-main.js'), '{}', String(process.pid)];
    const ended = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', file] });
    expect(ended.status).toBe(1);
    expect(ended.stderr.toString()).toMatch(/^shared region: .*\n$/);
  });
});

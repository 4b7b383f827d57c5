import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addon } from '../../src/native/addon.js';
import * as mirror from '../../src/share/layout.js';
import { packageRoot } from '../../src/util/package.js';

const declared = readFileSync(join(packageRoot, 'native/layout.h'), 'utf8');

/** The fields of each struct, as native/layout.h declares them. */
function declaredFields(): Record<string, string[]> {
  const structs = declared.matchAll(/^struct (\w+) \{\n(.*?)^\};/gms);
  return Object.fromEntries(
    [...structs].map(([, name = '', body = '']) => {
      const fields = body
        .replaceAll(/\/\/.*/g, '')
        .matchAll(/(?:uint\w+_t|Word|Counter|char)\s+(\w+)(?:\[\d+\])?;/g);
      return [name, [...fields].map((field) => field[1] ?? '')];
    }),
  );
}

/** The values of an enum, as native/layout.h declares them. */
function declaredValues(name: string): Record<string, number> {
  const body = new RegExp(`enum ${name} : uint32_t \\{([^}]*)\\}`).exec(declared)?.[1] ?? '';
  const pairs = [...body.matchAll(/k(?:Zygote|Executor|Work)?(\w+) = (\d+)/g)];
  return Object.fromEntries(pairs.map(([, key = '', value]) => [key.toLowerCase(), Number(value)]));
}

const mirrored: Record<string, Record<string, number>> = {
  Header: mirror.header,
  WorkerSlot: mirror.workerSlot,
  Mailbox: mirror.mailbox,
  RequestHeader: mirror.requestHeader,
  WorkRingHeader: mirror.workRingHeader,
  WorkItem: mirror.workItem,
  LogRingHeader: mirror.logRingHeader,
  LogEntry: mirror.logEntry,
};

describe('the layout of the shared region', () => {
  it('has one version', () => {
    expect(addon().layoutVersion).toBe(mirror.layoutVersion);
  });

  it('has the same structs on both sides', () => {
    expect(Object.keys(addon().layout()).sort()).toEqual(Object.keys(mirrored).sort());
    expect(Object.keys(declaredFields()).sort()).toEqual(Object.keys(mirrored).sort());
  });

  it.each(Object.keys(mirrored))('%s: every field and the size are where TypeScript thinks', (name) => {
    expect(addon().layout()[name]).toEqual(mirrored[name]);
  });

  it.each(Object.keys(mirrored))('%s: the addon reports every field that the header declares', (name) => {
    const reported = Object.keys(addon().layout()[name] ?? {}).filter((field) => field !== 'size');
    expect(reported).toEqual(declaredFields()[name]);
  });

  it('has the same values of its states on both sides', () => {
    expect(declaredValues('StopRequest')).toEqual(mirror.StopRequest);
    expect(declaredValues('ZygoteState')).toEqual(mirror.ZygoteState);
    expect(declaredValues('ExecutorState')).toEqual(mirror.ExecutorState);
  });

  it('gives each counter 64 bits of its own, and names them all', () => {
    const offsets = mirror.counterNames.map((name) => mirror.workerSlot[name]);
    expect(offsets.every((offset) => offset % 8 === 0)).toBe(true);
    expect(new Set(offsets).size).toBe(offsets.length);
    const behind = declaredFields()['WorkerSlot']?.filter((_, index) => index >= 8);
    expect([...mirror.counterNames]).toEqual(behind);
  });
});

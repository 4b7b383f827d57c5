import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addon } from '../../src/native/addon.js';
import * as layout from '../../src/share/layout.js';
import * as states from '../../src/share/states.js';
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

const used: Record<string, Readonly<Record<string, number>>> = {
  Header: layout.header,
  WorkerSlot: layout.workerSlot,
  Mailbox: layout.mailbox,
  RequestHeader: layout.requestHeader,
  WorkRingHeader: layout.workRingHeader,
};

describe('the layout of the shared region', () => {
  it('is told of each struct that the header declares', () => {
    expect(Object.keys(addon().layout()).sort()).toEqual(Object.keys(declaredFields()).sort());
  });

  it.each(Object.keys(declaredFields()))('%s: every field that the header declares is told', (name) => {
    const told = Object.keys(addon().layout()[name] ?? {}).filter((field) => field !== 'size');
    expect(told).toEqual(declaredFields()[name]);
  });

  it.each(Object.keys(used))('%s: every field that TypeScript uses is there', (name) => {
    const told = addon().layout()[name] ?? {};
    expect(Object.keys(used[name] ?? {}).filter((field) => !(field in told))).toEqual([]);
    expect({ ...told, ...used[name] }).toEqual(told);
  });

  it('has the same values of its states on both sides', () => {
    expect(declaredValues('StopRequest')).toEqual(states.StopRequest);
    expect(declaredValues('ZygoteState')).toEqual(states.ZygoteState);
    expect(declaredValues('ExecutorState')).toEqual(states.ExecutorState);
  });

  it('gives each counter 64 bits of its own, and names them all', () => {
    const offsets = layout.counterNames.map((name) => layout.workerSlot[name]);
    expect(offsets.every((offset) => offset % 8 === 0)).toBe(true);
    expect(new Set(offsets).size).toBe(offsets.length);
    const behind = declaredFields()['WorkerSlot']?.filter((_, index) => index >= 9);
    expect([...layout.counterNames]).toEqual(behind);
  });
});

/**
 * Byte offsets of the fields of the shared region that JavaScript touches directly. native/layout.h is where they are
 * said; the addon tells them when one is first asked for, so that both sides agree whatever was built when.
 */
import { addon } from '../native/addon.js';
import { unusable } from '../util/errors.js';

/** The counters of a worker slot, 64 bits each. */
export const counterNames = [
  'candidates',
  'tests',
  'declarations',
  'declarations_accepted',
  'lean_micros',
  'restarts',
  'timeouts',
  'crashes',
  'out_of_memory',
  'dropped',
  'missed',
  'leads',
  'solutions',
  'generate_micros',
  'judge_micros',
  'features',
  'killed',
  'canaries',
  'canaries_wrong',
] as const;
export type CounterName = (typeof counterNames)[number];

export const header = offsetsOf('Header', [
  'size',
  'worker_count',
  'executor_count',
  'slots_at',
  'work_at',
  'blocks_at',
  'block_count',
  'mailboxes_at',
  'request_bytes',
  'response_bytes',
  'stop',
  'primary_bell',
  'zygote_bell',
  'zygote_state',
  'zygote_pid',
  'forks',
  'fork_micros',
  'zygote_beat',
  'zygote_message_bytes',
  'zygote_message',
]);

/** The most bytes of a zygote's message, which is the header's last field. */
export function zygoteMessageBytes(): number {
  return header.size - header.zygote_message;
}

export const workerSlot = offsetsOf('WorkerSlot', [
  'size',
  'worker_pid',
  'executor_wanted',
  'executor_kill',
  'worker_beat',
  'executor_generation',
  'executor_state',
  'executor_pid',
  'executor_wait_status',
  ...counterNames,
]);

export const mailbox = offsetsOf('Mailbox', ['size', 'request_written', 'response_written', 'bell']);

export const requestHeader = offsetsOf('RequestHeader', ['size', 'length', 'checksum']);

export const workRingHeader = offsetsOf('WorkRingHeader', ['ready_bell']);

/** Offsets by the fields' names, looked up when one is first read: importing this needs no addon. */
function offsetsOf<Field extends string>(
  struct: string,
  fields: readonly Field[],
): Readonly<Record<Field, number>> {
  const offsets = {} as Record<Field, number>;
  const lookUp = (field: Field): number => {
    const known = addon().layout()[struct] ?? {};
    const unknown = fields.find((each) => known[each] === undefined);
    if (unknown !== undefined)
      throw unusable('the addon', `without ${struct}.${unknown}`, 'one of this version: npm run build:addon');
    for (const each of fields) Object.defineProperty(offsets, each, { value: known[each], enumerable: true });
    return offsets[field];
  };
  for (const field of fields)
    Object.defineProperty(offsets, field, { get: () => lookUp(field), configurable: true, enumerable: true });
  return offsets;
}

/**
 * The TypeScript mirror of native/layout.h: byte offsets of the fields that JavaScript touches directly.
 * test/integration/layout.test.ts compares every field with what the addon reports.
 */
export const layoutVersion = 2;

export const header = {
  size: 640,
  magic: 0,
  version: 4,
  total_bytes: 8,
  worker_count: 12,
  slots_at: 16,
  work_at: 20,
  corpus_at: 24,
  findings_at: 28,
  features_at: 32,
  mailboxes_at: 36,
  work_capacity: 40,
  corpus_bytes: 44,
  findings_bytes: 48,
  feature_count: 52,
  request_bytes: 56,
  response_bytes: 60,
  stop: 64,
  primary_bell: 68,
  zygote_bell: 128,
  zygote_state: 132,
  zygote_pid: 136,
  forks: 140,
  fork_micros: 144,
  zygote_message_bytes: 148,
  zygote_message: 152,
} as const;

export const workerSlot = {
  size: 256,
  worker_pid: 0,
  corpus_published: 4,
  executor_wanted: 8,
  executor_kill: 12,
  executor_generation: 64,
  executor_state: 68,
  executor_pid: 72,
  executor_wait_status: 76,
  candidates: 128,
  tests: 136,
  declarations: 144,
  declarations_accepted: 152,
  lean_micros: 160,
  restarts: 168,
  timeouts: 176,
  crashes: 184,
  out_of_memory: 192,
  dropped: 200,
  missed: 208,
  leads: 216,
  solutions: 224,
  generate_micros: 232,
  judge_micros: 240,
  features: 248,
} as const;

export const mailbox = {
  size: 192,
  request_written: 0,
  response_read: 8,
  request_bell: 16,
  recycle_jobs: 20,
  recycle_bytes: 24,
  request_read: 64,
  response_written: 72,
  job: 80,
  phase: 84,
  bell: 128,
} as const;

export const requestHeader = { size: 12, length: 0, checksum: 4, job: 8 } as const;

export const workRingHeader = { size: 16, capacity: 0, ready_bell: 4, head_hint: 8, tail_hint: 12 } as const;

export const workItem = {
  size: 512,
  state: 0,
  attempts: 4,
  progress: 8,
  length: 12,
  checksum: 16,
  payload: 20,
} as const;

export const logRingHeader = {
  size: 40,
  capacity: 0,
  lossless: 4,
  reserved: 8,
  published: 16,
  entries: 24,
  acknowledged: 32,
} as const;

export const logEntry = { size: 16, length: 0, checksum: 4, sequence: 8 } as const;

/** Values of header.stop. */
export const StopRequest = { run: 0, finish: 1, now: 2 } as const;
export type StopRequest = (typeof StopRequest)[keyof typeof StopRequest];

/** Values of header.zygote_state. */
export const ZygoteState = { booting: 0, ready: 1, failed: 2 } as const;

/** Values of a slot's executor_state. */
export const ExecutorState = { none: 0, running: 1, dead: 2, refused: 3 } as const;

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
] as const satisfies readonly (keyof typeof workerSlot)[];
export type CounterName = (typeof counterNames)[number];

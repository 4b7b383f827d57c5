import { join } from 'node:path';
import { progressText, readProgress, type Progress } from '../progress.js';
import { maxExhausted, maxExhaustedText } from '../transport.js';
import { putFile, readPlain } from './files.js';

const progressFile = '.progress';
const exhaustedFile = '.exhausted';
const maxExhaustedBytes = 1 << 20;

/** The progress of a machine, as its folder says it; undefined where that says none. */
export async function progressOf(folder: string, machine: string): Promise<Progress | undefined> {
  const bytes = await readPlain(join(folder, progressFile), 200);
  return bytes === undefined ? undefined : readProgress(machine, bytes.toString('utf8'));
}

export function putProgress(folder: string, own: Progress): Promise<void> {
  return putFile(join(folder, progressFile), progressText(own));
}

/** The leads that a machine has looked behind often enough, a line each. */
export async function exhaustedOf(folder: string): Promise<string[]> {
  const text = (await readPlain(join(folder, exhaustedFile), maxExhaustedBytes))?.toString('utf8') ?? '';
  return text.split('\n').filter((lead) => lead !== '' && lead.length <= maxExhaustedText);
}

/** Adds leads to those of this machine's folder, as far as there is room. */
export async function addExhausted(folder: string, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  const all = [...new Set([...(await exhaustedOf(folder)), ...leads])].slice(-maxExhausted);
  let bytes = 0;
  const kept = all.reverse().filter((lead) => (bytes += Buffer.byteLength(lead) + 1) <= maxExhaustedBytes);
  await putFile(join(folder, exhaustedFile), kept.reverse().join('\n'));
}

import { buffer } from 'node:stream/consumers';
import type { Job } from '../../api/execution.js';
import { ByteReader, ByteWriter } from '../../util/bytes.js';
import { list } from '../../util/codec.js';
import { jobCodec } from '../job-codec.js';

const jobsCodec = list(jobCodec);

/** Jobs as the zygote reads them from its standard input. */
export function bytesOfJobs(jobs: readonly Job[]): Uint8Array {
  const out = new ByteWriter(1 << 20);
  jobsCodec.write(out, jobs);
  return out.bytes();
}

/** The jobs of this process' standard input; none where that is empty. */
export async function jobsOfInput(): Promise<readonly Job[]> {
  const bytes = await buffer(process.stdin);
  return bytes.length === 0 ? [] : jobsCodec.read(new ByteReader(bytes));
}

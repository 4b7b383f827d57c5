import type { Codec, In, Out } from '../util/codec.js';
import { PackedReader, PackedWriter } from '../util/packed-bytes.js';
import { ReadTypes, WrittenTypes } from './type-table.js';

/** Bytes in which a candidate's types are shared as its texts are. */
export class CandidateWriter extends PackedWriter {
  readonly types = new WrittenTypes();
}

export class CandidateReader extends PackedReader {
  readonly types = new ReadTypes();
  /** Around and before the place that is read: trees that are open, and parts of trees. */
  readonly trees = { open: 0, parts: 0 };
}

/** Writer and reader of all that is kept with candidates. */
export type CandidateOut = Out<CandidateWriter>;
export type CandidateIn = In<CandidateReader>;
export type Packed<T> = Codec<T, CandidateOut, CandidateIn>;

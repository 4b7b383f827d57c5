import { invalid, messageOf, UserError } from '../util/errors.js';
import { readBounded } from '../util/files.js';

/** An entry of a file of known signatures; see docs/findings.md. */
export interface KnownEntry {
  readonly kind: 'lead' | 'solution';
  readonly signature: string;
  readonly about: string;
}

/** Bytes of a file of known signatures: a hundred thousand of them, and more. */
const maxKnownBytes = 64 << 20;

/** Reads a file of known signatures. UserError (2) that names the file and the entry where it is none. */
export function readKnownFile(path: string): KnownEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(readBounded(path, maxKnownBytes).toString());
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw invalid(path, messageOf(error), 'a JSON file of known signatures');
  }
  const { format, version, known } = (value ?? {}) as {
    format?: unknown;
    version?: unknown;
    known?: unknown;
  };
  if (format !== 'lean-fuzz known' || version !== 1 || !Array.isArray(known)) {
    const got = `format ${JSON.stringify(format)}, version ${JSON.stringify(version)}`;
    throw invalid(path, got, '{"format": "lean-fuzz known", "version": 1, "known": [...]}');
  }
  return known.map((entry: unknown, index) => {
    const { kind, signature, about } = (entry ?? {}) as Partial<Record<keyof KnownEntry, unknown>>;
    const isText = (text: unknown): text is string => typeof text === 'string' && text !== '';
    if ((kind !== 'lead' && kind !== 'solution') || !isText(signature) || !isText(about)) {
      const wanted = 'kind ("lead" or "solution"), signature and about';
      throw invalid(`${path}: entry ${index + 1}`, JSON.stringify(entry), wanted);
    }
    return { kind, signature, about };
  });
}

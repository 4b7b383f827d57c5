import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Unit } from '../../api/candidate.js';
import { ExitCode, UserError, invalid, messageOf } from '../../util/errors.js';
import { readBounded } from '../../util/files.js';
import { textOptions, unitsOfText } from './units-of-text.js';

/** Units of one candidate from a file, and characters; a longer file becomes several. A request takes about 1 MiB. */
const maxUnits = 100;
const maxLength = 200_000;
/** Bytes of one file. */
const maxBytes = 4 << 20;

/** A part of a Lean file as the units of a candidate. */
export interface LeanPart {
  /** The file, from the folder that was named. */
  readonly file: string;
  readonly units: Unit[];
}

/** The imports that a campaign's options name. UserError (2) where they can't be used. */
export function loadImports(options: { importFolder?: string | undefined; level: string }): Unit[][] {
  const { importFolder: folder, level } = options;
  if (folder === undefined) return [];
  if (level === 'kernel') throw invalid('--import', folder, 'none at --level kernel, which has no text');
  return readLeanFiles('--import', folder).map(({ units }) => units);
}

/**
 * The .lean files of a folder and those below it, in the order of their paths, as units. UserError (2) where there
 * is no folder, no .lean file, or one that can't be read or is too large; files without declarations are skipped.
 */
export function readLeanFiles(option: string, folder: string): LeanPart[] {
  const files = leanFilesBelow(option, folder);
  if (files.length === 0) throw invalid(option, folder, 'a folder with .lean files');
  return files.flatMap((file) => partsOf(option, folder, file));
}

function leanFilesBelow(option: string, folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.lean'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    throw new UserError(`${option}: ${folder} can't be read: ${messageOf(error)}`, ExitCode.usage);
  }
}

function partsOf(option: string, folder: string, path: string): LeanPart[] {
  const parts: LeanPart[] = [];
  let length = 0;
  for (const unit of unitsOfText(readText(option, path))) {
    length += unit.size;
    const last = parts.at(-1);
    if (last !== undefined && last.units.length <= maxUnits && length <= maxLength) {
      last.units.push(unit);
    } else {
      parts.push({ file: relative(folder, path), units: [textOptions, unit] });
      length = unit.size;
    }
  }
  return parts;
}

function readText(option: string, path: string): string {
  try {
    const { size } = statSync(path);
    if (size > maxBytes) throw invalid(option, `${path} of ${size} bytes`, `files of at most ${maxBytes}`);
    return readBounded(path, maxBytes).toString();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${option}: ${path} can't be read: ${messageOf(error)}`, ExitCode.usage);
  }
}

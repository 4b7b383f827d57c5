import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../api/entries.js';
import { unusable } from '../util/errors.js';
import { isThere, readBounded, replaceFile, RootFolder, writeNewFile } from '../util/files.js';
import {
  findingFiles,
  formFiles,
  nativeHeading,
  type FindingContext,
  type FindingFolderFile,
} from './finding-files.js';
import { makeFolder } from '../util/make-folder.js';

/** Bytes of a finding.json that is read: far more than any that is written. */
export const maxFindingBytes = 64 << 20;

/** The file that says whose a folder is: the campaign's identity, which its database has too. */
const markerFile = '.campaign';
/** Where former forms of a finding go: larger ones, each a finding.json that can be replayed. */
const historyFolder = 'history';

/**
 * Writes a finding's folder below `parent` and returns its path. A folder of the same finding that this campaign has
 * written gets the new form, see `updateFindingFolder`; one of somebody else is left alone, and the finding goes
 * beside it. Throws what the system says where that can't be done; what was there is whole then.
 */
export function writeFindingFolder(
  parent: string,
  finding: Finding,
  text: string,
  context: FindingContext,
  /** Whose the folder is; null for no campaign's, which never writes into a folder that is there. */
  campaign: string | null = null,
): string {
  makeFolder(parent);
  const root = new RootFolder(parent);
  const name = folderName(finding.verdict.kind, finding.id);
  const beside = (campaign ?? String(process.pid)).slice(0, 8);
  for (const own of [name, `${name}-${beside}`]) {
    const folder = join(root.path, own);
    removeLeftovers(root, own, campaign);
    if (!isThere(folder))
      return createFolder(root, own, (folder) => findingFiles(folder, finding, text, context), campaign);
    if (isOwn(folder, campaign)) return updateFindingFolder(folder, finding, text, context);
    if (holds(folder, findingFiles(folder, finding, text, context))) return folder;
  }
  throw unusable(join(root.path, name), 'a folder of somebody else', 'a place for a finding');
}

/** Name of a finding's folder, unless somebody else has one of that name. */
export function folderName(kind: string, id: string): string {
  return `${kind}-${id}`;
}

/**
 * Puts another form of a finding into its folder. The former finding.json stays below `history/`, and so does what
 * checkers and people put beside it. Files are replaced one by one, finding.json last.
 */
export function updateFindingFolder(
  folder: string,
  finding: Finding,
  text: string,
  context: FindingContext,
): string {
  const root = new RootFolder(folder);
  const files = findingFiles(folder, finding, text, context);
  const former = join(root.path, 'finding.json');
  if (isThere(former)) keepForm(root, readBounded(root.at('finding.json'), maxFindingBytes), files);
  const names = new Set(files.map(({ name }) => name));
  for (const name of formFiles) if (!names.has(name)) rmSync(root.at(...name.split('/')), { force: true });
  for (const file of files)
    put(root, file.name === 'README.md' ? { ...file, content: withAnswer(root, file.content) } : file);
  return folder;
}

/** Writes files below a finding's folder. */
export function writeBelow(folder: string, files: readonly FindingFolderFile[]): void {
  const root = new RootFolder(folder);
  for (const file of files) put(root, file);
}

function createFolder(
  root: RootFolder,
  name: string,
  files: (folder: string) => readonly FindingFolderFile[],
  campaign: string | null,
): string {
  const folder = join(root.path, name);
  const temporary = join(root.path, `.${name}.${process.pid}.tmp`);
  mkdirSync(temporary);
  try {
    if (campaign !== null) writeNewFile(join(temporary, markerFile), `${campaign}\n`);
    const below = new RootFolder(temporary);
    for (const file of files(folder)) put(below, file);
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

function put(root: RootFolder, { name, content }: FindingFolderFile): void {
  const path = root.at(...name.split('/'));
  makeFolder(dirname(path));
  replaceFile(path, content);
}

function keepForm(root: RootFolder, former: Buffer, files: readonly FindingFolderFile[]): void {
  const next = files.find(({ name }) => name === 'finding.json')?.content ?? '';
  if (former.equals(Buffer.from(next))) return;
  const hash = createHash('sha256').update(former).digest('hex').slice(0, 16);
  put(root, { name: `${historyFolder}/${hash}.json`, content: former });
}

/** A README with what the one before it says of a native toolchain. */
function withAnswer(root: RootFolder, content: string | Uint8Array): string {
  const path = root.at('README.md');
  const [, answer] = isThere(path) ? readBounded(path, maxFindingBytes).toString().split(nativeHeading) : [];
  return answer === undefined ? String(content) : `${String(content)}${nativeHeading}${answer}`;
}

/** Whether a folder is one that this campaign has made: a folder, no link, with this campaign's mark. */
function isOwn(folder: string, campaign: string | null): boolean {
  if (campaign === null || lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  const marker = join(folder, markerFile);
  const stat = lstatSync(marker, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size < 100 && readFileSync(marker, 'utf8') === `${campaign}\n`;
}

/** Whether a folder of somebody else says the same of this finding. */
function holds(folder: string, files: readonly FindingFolderFile[]): boolean {
  try {
    const root = new RootFolder(folder);
    const theirs = readBounded(root.at('finding.json'), maxFindingBytes).toString();
    const ours = String(files.at(-1)?.content);
    return formOf(theirs) === formOf(ours);
  } catch {
    return false; // whatever it is, it is not ours to look into
  }
}

/** The replayable part of a finding.json, without when and how it was found. */
function formOf(json: string): string {
  const { id, kind, level, signature, claim, units } = JSON.parse(json) as Record<string, unknown>;
  return JSON.stringify({ id, kind, level, signature, claim, units });
}

/** Takes away what a writer of this campaign left that was killed in the middle. */
function removeLeftovers(root: RootFolder, name: string, campaign: string | null): void {
  for (const entry of readdirSync(root.path)) {
    if (!entry.startsWith(`.${name}.`) || !/^\d+\.tmp$/.test(entry.slice(name.length + 2))) continue;
    const path = join(root.path, entry);
    const own = entry === `.${name}.${process.pid}.tmp` && lstatSync(path).isDirectory();
    if (own || isOwn(path, campaign)) rmSync(path, { recursive: true, force: true });
  }
}

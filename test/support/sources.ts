import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { packageRoot } from '../../src/util/package.js';

/** A source file, with its path from the package's root. */
export interface SourceFile {
  path: string;
  text: string;
}

/** Every file below a folder of the package whose name ends in one of the endings. */
export function sourceFiles(folder: string, ...endings: readonly string[]): SourceFile[] {
  return readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && endings.some((ending) => file.name.endsWith(ending)))
    .map((file) => join(file.parentPath, file.name))
    .map((path) => ({ path: relative(packageRoot, path), text: readFileSync(path, 'utf8') }));
}

/** The files of the package that a file imports, types included, as paths from the package's root. */
export function importsOf({ path, text }: SourceFile): string[] {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']*)'/g)].map(
    (match) => match[1] ?? '',
  );
  return specifiers.map((specifier) => join(dirname(path), specifier).replace(/\.js$/, '.ts'));
}

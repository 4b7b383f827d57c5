import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/util/package.js';
import { pages } from '../../support/pages.js';

const { files } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { files: string[] };

/** Whether npm packs a path: package.json whatever `files` says, and all that `files` names. */
function isPacked(path: string): boolean {
  return ['package.json', ...files].some((packed) => path === packed || path.startsWith(`${packed}/`));
}

/** A page without its blocks of code, in which brackets are no links. */
function proseOf(page: string): string {
  return readFileSync(join(packageRoot, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
}

interface Link {
  readonly page: string;
  readonly target: string;
  readonly anchor: string | undefined;
}

function linksOf(page: string): Link[] {
  return [...proseOf(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(
    ([, path = '', anchor]) => ({
      ...{ page, anchor },
      target: path === '' ? page : normalize(join(dirname(page), path)),
    }),
  );
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the links of the pages', () => {
  const links = pages.flatMap(linksOf);

  it('lead to files and headings that are there', () => {
    expect(links.length).toBeGreaterThan(80);
    const broken = links.filter(({ target, anchor }) => {
      const path = join(packageRoot, target);
      if (!existsSync(path)) return true;
      return anchor !== undefined && statSync(path).isFile() && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('lead from what is packed to what is packed', () => {
    const out = links.filter(({ page, target }) => isPacked(page) && !isPacked(target));
    expect(out.map(({ page, target }) => `${page} -> ${relative('.', target)}`)).toEqual([]);
  });
});

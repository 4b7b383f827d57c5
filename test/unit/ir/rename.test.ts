import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../src/ir/declaration.js';
import { encode } from '../../../src/ir/encode.js';
import { app, constant, lambda, proj, sort, bvar } from '../../../src/ir/expr.js';
import { param } from '../../../src/ir/level.js';
import { renameBound } from '../../../src/ir/rename-bound.js';
import { renameDeclaration, withPrefix } from '../../../src/ir/rename.js';
import { decode } from '../../../src/ir/tree-builder.js';
import { twice } from '../../support/kernel-units.js';

function definition(name: string, value: Definition['value']): Definition {
  const type = sort(param('u'));
  return {
    kind: 'definition',
    name,
    levelParams: ['u'],
    type,
    value,
    hint: 'abbreviation',
    safety: 'partial',
  };
}

describe('renameDeclaration', () => {
  it('renames definitions that refer to each other, and structures of projections', () => {
    const names = new Map([
      ['f', 'f2'],
      ['g', 'g2'],
      ['S', 'S2'],
    ]);
    const before = [definition('f', constant('g')), definition('g', proj('S', 0, constant('f')))];
    const after = [definition('f2', constant('g2')), definition('g2', proj('S2', 0, constant('f2')))];
    expect(renameDeclaration({ kind: 'mutual', definitions: before }, names)).toEqual({
      kind: 'mutual',
      definitions: after,
    });
  });
});

describe('withPrefix', () => {
  it('renames what a definition says of itself, wherever it says it', () => {
    expect(withPrefix(definition('f', proj('f', 0, app(constant('g'), constant('f')))), 'b.')).toEqual(
      definition('b.f', proj('b.f', 0, app(constant('g'), constant('b.f')))),
    );
  });

  it('leaves the terms of one that says nothing of itself as they are', () => {
    const value = app(constant('g'), constant('f.x'));
    expect(withPrefix(definition('f', value), 'b.')).toMatchObject({ name: 'b.f' });
    expect((withPrefix(definition('f', value), 'b.') as Definition).value).toBe(value);
  });
});

describe('renameBound', () => {
  it('keeps shared subtrees shared', () => {
    const shared = lambda('x', sort(param('u')), app(constant('h', [param('u')]), bvar(0)));
    const before = definition('f', twice('g', shared));
    const after = renameBound(before, (name) => `${name}_`);
    expect(after).not.toEqual(before);
    expect(encode([after]).length).toBe(encode([before]).length);
  });
});

describe('encode without sharing', () => {
  it('gives the same trees in more words', () => {
    const before = definition('f', twice('g', app(constant('h'), constant('a'))));
    const words = encode([before], { share: false });
    expect(words.length).toBeGreaterThan(encode([before]).length);
    expect(decode(words)).toEqual([before]);
  });
});

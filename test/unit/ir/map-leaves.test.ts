import { describe, expect, it } from 'vitest';
import {
  app,
  bvar,
  constant,
  lambda,
  letIn,
  mdata,
  nat,
  pi,
  proj,
  sort,
  type Expr,
} from '../../../src/ir/expr.js';
import { zero } from '../../../src/ir/level.js';
import { mapLeaves } from '../../../src/ir/map-leaves.js';
import { deepTerms } from '../../support/deep-terms.js';

const a = constant('a');

describe('mapLeaves', () => {
  it('replaces every use of a leaf by itself, from left to right', () => {
    let count = 0;
    const numbered = (e: Expr): Expr => (e.kind === 'bvar' ? e : nat(count++));
    const term = letIn('x', a, app(a, a), lambda('y', sort(zero), pi('z', proj('S', 0, mdata(a)), bvar(1))));
    expect(mapLeaves(term, numbered)).toEqual(
      letIn(
        'x',
        nat(0),
        app(nat(1), nat(2)),
        lambda('y', nat(3), pi('z', proj('S', 0, mdata(nat(4))), bvar(1))),
      ),
    );
    expect(mapLeaves(a, numbered)).toEqual(nat(5));
    expect(mapLeaves(term, (e) => e)).toBe(term);
  });

  it('goes through large shared parts once', () => {
    let shared: Expr = a;
    for (let i = 0; i < 100; i++) shared = app(shared, shared);
    let count = 0;
    const mapped = mapLeaves(shared, () => {
      count++;
      return nat(0);
    });
    expect(mapped.size).toBe(shared.size);
    expect(count).toBeLessThanOrEqual(1 << 14);
  });

  it.each(Object.entries(deepTerms))('needs no stack: %s', (_, build) => {
    const by = constant('b');
    const mapped = mapLeaves(build(20_000, a), (e) => (e === a ? by : e));
    expect(mapped.hash).toBe(build(20_000, by).hash);
  });
});

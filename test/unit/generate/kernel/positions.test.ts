import { describe, expect, it } from 'vitest';
import { countBinders, rewriteOne, type Position } from '../../../../src/generate/kernel/positions.js';
import { app, bvar, constant, lambda, letIn, mdata, pi, proj, type Expr } from '../../../../src/ir/expr.js';
import { Random } from '../../../../src/util/random.js';
import { deepTerms } from '../../../support/deep-terms.js';

const [A, B, x] = [constant('A'), constant('B'), constant('x')];
/** Binders 0 to 3 in pre-order: the lambda, the pi in its type, the let, and the lambda in its value. */
const term = lambda(
  'f',
  pi('a', A, B),
  letIn('v', A, lambda('y', B, app(bvar(0), bvar(1))), app(mdata(bvar(1)), proj('S', 0, x))),
);

function positionOf(isMeant: (expr: Expr, depth: number) => boolean): Position | undefined {
  let found: Position | undefined;
  rewriteOne(Random.of(1, 1), term, isMeant, (position) => {
    found = position;
    return undefined;
  });
  return found;
}

describe('rewriteOne', () => {
  it('knows the binders above a node, and how many come before it', () => {
    const inValue = positionOf((expr, depth) => expr.kind === 'bvar' && depth === 2 && expr.index === 0);
    expect(inValue).toMatchObject({ expr: bvar(0), depth: 2, above: [0, 3], before: 4 });
    expect(positionOf((expr) => expr === x)).toMatchObject({ depth: 2, above: [0, 2], before: 4 });
    expect(positionOf((expr) => expr === B)).toMatchObject({ depth: 1, above: [1], before: 2 });
    expect(positionOf((expr) => expr.kind === 'pi')).toMatchObject({ depth: 0, above: [], before: 1 });
  });

  it('changes one node, keeps what is beside it, and says nothing where no node is meant', () => {
    const changed = rewriteOne(
      Random.of(1, 1),
      term,
      ({ kind }) => kind === 'proj',
      () => x,
    );
    expect(changed).toEqual(
      lambda(
        'f',
        pi('a', A, B),
        letIn('v', A, lambda('y', B, app(bvar(0), bvar(1))), app(mdata(bvar(1)), x)),
      ),
    );
    expect(changed?.kind === 'lambda' && term.kind === 'lambda' && changed.type === term.type).toBe(true);
    expect(
      rewriteOne(
        Random.of(1, 1),
        term,
        ({ kind }) => kind === 'sort',
        () => x,
      ),
    ).toBeUndefined();
  });

  it('reaches each node that is meant', () => {
    const reached = new Set<number>();
    for (let seed = 0; seed < 60; seed++)
      rewriteOne(
        Random.of(seed, 1),
        term,
        ({ kind }) => kind === 'bvar',
        ({ above, expr }) => {
          reached.add(above.length * 10 + (expr.kind === 'bvar' ? expr.index : 9));
          return undefined;
        },
      );
    expect([...reached].sort()).toEqual([20, 21]);
  });
});

describe('countBinders', () => {
  it('counts each binder as often as it is written', () => {
    expect(countBinders(term)).toBe(4);
    const twice = app(term, term);
    expect(countBinders(twice)).toBe(8);
  });

  it.each(Object.entries(deepTerms))('changes terms that no stack holds: %s', (_, build) => {
    const deep = build(20_000);
    const changed = rewriteOne(
      Random.of(1, 1),
      deep,
      ({ kind }) => kind !== 'mdata',
      () => x,
    );
    expect(changed?.size).toBeLessThanOrEqual(deep.size);
    expect(countBinders(deep)).toBeGreaterThanOrEqual(0);
  });
});

import { describe, expect, it } from 'vitest';
import { app, constant, sort } from '../../../src/ir/expr.js';
import { arrows, inductiveType } from '../../../src/ir/hoas.js';
import { one } from '../../../src/ir/level.js';
import { child } from '../../../src/ir/name.js';
import { strict } from '../../../src/kernel/mode.js';
import { Kernel } from '../../../src/kernel/kernel.js';

const box = (part: string) =>
  inductiveType(
    'Box',
    [],
    [['α', () => sort(one)]],
    () => sort(one),
    (self, [α = self]) => ({
      [part]: arrows(α, self),
    }),
  );
const tree = inductiveType(
  'Tree',
  [],
  [],
  () => sort(one),
  (self) => ({
    node: arrows(app(constant('Box'), self), self),
  }),
);

describe('a type nested in a container', () => {
  it.each(['', '0', 'a.b', '«', 'x'])('is made whatever the constructor is called: %j', (part) => {
    const kernel = new Kernel(strict);
    expect(kernel.add(box(part))).toEqual({ kind: 'accepts' });
    expect(kernel.add(tree)).toEqual({ kind: 'accepts' });
    const recursor = kernel.environment.find('Tree.rec_1');
    expect(recursor?.details).toMatchObject({ rules: [{ constructor: child('Box', part), fields: 1 }] });
  });
});

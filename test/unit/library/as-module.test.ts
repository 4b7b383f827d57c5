import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asModule } from '../../../src/library/as-module.js';
import { UserError } from '../../../src/util/errors.js';

/** The default export of the module. The package's import is left out: it is not found from here. */
async function exported(value: object): Promise<Record<string, unknown>> {
  const text = readFileSync(asModule('it', value), 'utf8').replace(/^import .*\n/, '');
  const module: { default: Record<string, unknown> } = (await import(
    `data:text/javascript,${encodeURIComponent(text)}`
  )) as never;
  return module.default;
}

describe('an object as a module', () => {
  it('says the same: values, arrows, methods and functions', async () => {
    const made = await exported({
      ...{ name: 'a "name"', weight: 0.5, rules: [['A', 'x', 2]], pattern: /x+/u, none: undefined },
      arrow: (one: number) => one + 1,
      plain: function (one: number) {
        return one + 2;
      },
      method(this: { weight: number }, one: number) {
        return this.weight + one;
      },
      async later(one: number) {
        return Promise.resolve(one + 4);
      },
    });
    expect(made).toMatchObject({ name: 'a "name"', weight: 0.5, rules: [['A', 'x', 2]], pattern: /x+/u });
    const call = (name: string): unknown => (made[name] as (one: number) => unknown).call(made, 1);
    expect([call('arrow'), call('plain'), call('method'), await call('later')]).toEqual([2, 3, 1.5, 5]);
  });

  it('has members of any name', async () => {
    const odd = JSON.parse('{ "__proto__": { "weight": 2 }, "constructor": 1, "a b": 2 }') as object;
    const made = await exported(odd);
    expect(Object.keys(made)).toEqual(['__proto__', 'constructor', 'a b']);
    expect(made['weight']).toBeUndefined();
  });

  it('has a file by its content', () => {
    const one = asModule('it', { name: 'one' });
    expect(asModule('it', { name: 'one' })).toBe(one);
    expect(asModule('it', { name: 'two' })).not.toBe(one);
  });

  it('is refused where it can not be written, by the place in it', () => {
    const circle: { self?: object } = {};
    circle.self = circle;
    const cases: [object, RegExp][] = [
      [circle, /^it\.self: got "a circle"/],
      [
        { hook: Math.max },
        /^it\.hook: got "function max\(\) .*expected a function whose source can be written/,
      ],
      [{ rules: [() => 1, (() => 1).bind(null)] }, /^it\.rules\[1\]: got "function/],
    ];
    for (const [value, message] of cases) {
      expect(() => asModule('it', value)).toThrow(message);
      expect(() => asModule('it', value)).toThrow(UserError);
    }
  });
});

import type { Unit } from '../../src/api/candidate.js';
import type { Declaration } from '../../src/ir/declaration.js';
import { app, constant, sort, type Expr } from '../../src/ir/expr.js';
import { one } from '../../src/ir/level.js';
import { KernelUnit } from '../../src/ir/unit/kernel-unit.js';

/** A kernel-level unit of one declaration. */
export function kernelUnit(declaration: Declaration, kind: string = declaration.kind): KernelUnit {
  return KernelUnit.of(declaration, { kind });
}

/** `def name : type := value` */
export function definitionUnit(name: string, value: Expr, type: Expr = sort(one)): KernelUnit {
  return kernelUnit({
    kind: 'definition',
    name,
    levelParams: [],
    type,
    value,
    hint: 'abbreviation',
    safety: 'safe',
  });
}

/** An inductive type without parameters whose constructors are constants, but for the fields given. */
export function inductiveUnit(name: string, constructors: Record<string, Expr>): KernelUnit {
  return kernelUnit({
    kind: 'inductive',
    levelParams: [],
    parameters: 0,
    unsafe: false,
    types: [
      {
        name,
        type: sort(one),
        constructors: Object.entries(constructors).map(([part, type]) => ({ name: `${name}.${part}`, type })),
      },
    ],
  });
}

/** The single declaration of a unit. */
export function declarationIn(unit: Unit | undefined): Declaration {
  if (unit?.form !== 'kernel') throw new Error('no declaration');
  return unit.declaration;
}

/** `f e e`, both arguments the same object. */
export function twice(fn: string, arg: Expr): Expr {
  return app(constant(fn), arg, arg);
}

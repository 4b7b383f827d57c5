import type { Definition } from '../../src/ir/declaration.js';
import { app, constant, nat, type Expr } from '../../src/ir/expr.js';
import { define } from '../../src/ir/hoas.js';
import { one } from '../../src/ir/level.js';
import { kernelUnit } from './kernel-units.js';

const Nat = constant('Nat');

const unsafe = (name: string, type: Expr, value: Expr): Definition => ({
  ...define(name, [], type, value),
  safety: 'unsafe',
});

/** It unfolds to itself, for ever: without a limit of heartbeats no kernel comes to an end. */
export const loop = kernelUnit({ kind: 'mutual', definitions: [unsafe('loop', Nat, constant('loop'))] });

/** A definition that has `loop` unfolded: its type says that `loop` is 1, and its value is no more than reflexivity. */
export const hanging = kernelUnit(
  unsafe(
    'hanging',
    app(constant('Eq', [one]), Nat, constant('loop'), nat(1)),
    app(constant('Eq.refl', [one]), Nat, nat(1)),
  ),
);

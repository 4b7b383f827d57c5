/** Universe levels: which equations hold by the kernel's normal form, and which by the theory only. */
import { lambda, pi, sort } from '../../../src/ir/expr.js';
import { imax, levelOf, max, one, param, succ, zero, type Level } from '../../../src/ir/level.js';
import { accepted, def, differs, refused, v, type KernelCase } from './case.js';

const a = param('a');
const b = param('b');
const u = param('u');

/** `fun (α : Sort x) => α : Sort x -> Sort y`: accepted iff the kernel finds x = y. */
function same(x: Level, y: Level): Parameters<typeof accepted>[1] {
  const value = lambda('α', sort(x), v(0));
  return def('d', pi('α', sort(x), sort(y)), value, { levelParams: ['a', 'b', 'u'] });
}
const holds = (name: string, x: Level, y: Level): KernelCase => accepted(`the level ${name}`, same(x, y));
const fails = (name: string, x: Level, y: Level): KernelCase => refused(`the level ${name}`, same(x, y));
/** True in the theory, but not found by official kernels. */
const missed = (name: string, x: Level, y: Level): KernelCase =>
  differs(`the level ${name}`, { strict: 'accepts', old: 'refuses', recent: 'refuses' }, same(x, y));

export const levelCases: readonly KernelCase[] = [
  holds('max a b = max b a', max(a, b), max(b, a)),
  fails('max a b = a', max(a, b), a),
  holds('max a a = a', max(a, a), a),
  holds('max 0 a = a', max(zero, a), a),
  fails('max 1 a = a', max(one, a), a),
  holds('max 1 (a+1) = a+1', max(one, succ(a)), succ(a)),
  holds('max a (b+1) = max (b+1) a', max(a, succ(b)), max(succ(b), a)),
  holds('1 + max a b = max (a+1) (b+1)', succ(max(a, b)), max(succ(a), succ(b))),
  fails('1 + max a b = max (a+1) b', succ(max(a, b)), max(succ(a), b)),
  holds('max (max a b) u = max a (max b u)', max(max(a, b), u), max(a, max(b, u))),
  holds('max 2 (max 1 a) = max 2 a', max(levelOf(2), max(one, a)), max(levelOf(2), a)),
  holds('imax a 0 = 0', imax(a, zero), zero),
  fails('imax 0 1 = 0', imax(zero, one), zero),
  holds('imax 1 a = a', imax(one, a), a),
  fails('imax 2 a = a', imax(levelOf(2), a), a),
  holds('imax a a = a', imax(a, a), a),
  fails('imax a b = max a b', imax(a, b), max(a, b)),
  fails('imax a b = imax b a', imax(a, b), imax(b, a)),
  holds('imax a (b+1) = max a (b+1)', imax(a, succ(b)), max(a, succ(b))),
  missed('imax b (a+1) = max b (a+1)', imax(b, succ(a)), max(b, succ(a))),
  missed('imax u 1 = max u 1', imax(u, one), max(u, one)),
  missed('imax 1 (a+1) = a+1', imax(one, succ(a)), succ(a)),
  missed('imax a b = max b (imax a b)', imax(a, b), max(b, imax(a, b))),
  missed('imax a (max b 1) = max (imax a b) (max a 1)', imax(a, max(b, one)), max(max(a, b), one)),
  fails('a = b', a, b),
  fails('a = a+1', a, succ(a)),
];

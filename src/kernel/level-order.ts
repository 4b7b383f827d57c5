import { sameLevel, substituteLevel, zero, type Level } from '../ir/level.js';
import type { Name } from '../ir/name.js';
import { DontKnow } from './failure.js';

/**
 * Whether two levels are equal under every assignment of their parameters. Like all here, DontKnow where that takes
 * too long.
 */
export function equalLevels(a: Level, b: Level): boolean {
  return sameLevel(a, b) || (levelAtMost(a, b) && levelAtMost(b, a));
}

/** Whether `a ≤ b` under every assignment. */
export function levelAtMost(a: Level, b: Level): boolean {
  return decide(a, b, 0);
}

/** Whether the level is 0 under every assignment. */
export function isZero(level: Level): boolean {
  return decide(level, zero, 0);
}

/** Whether the level is at least 1 under every assignment. */
export function isNeverZero(level: Level): boolean {
  return decide(zero, level, -1);
}

/** Questions that one comparison may take: each parameter below an imax may double them. */
const maxQuestions = 200_000;
let questionsLeft = 0;

function decide(a: Level, b: Level, slack: number): boolean {
  questionsLeft = maxQuestions;
  return atMost(a, b, slack);
}

/**
 * `a ≤ b + slack` under every assignment. `imax x p` behaves differently where the parameter p is 0 and where it
 * is not, so what can't be decided otherwise is decided by both cases of such a p.
 */
function atMost(a: Level, b: Level, slack: number): boolean {
  if (--questionsLeft < 0) throw new DontKnow('levels that take too long to compare');
  // Rows of successors at once: one by one, each would be compared to its end.
  while (a.kind === 'succ' && b.kind === 'succ') [a, b] = [a.of, b.of];
  if (slack >= 0 && (a.kind === 'zero' || sameLevel(a, b))) return true;
  if (a.kind === 'max') return atMost(a.left, b, slack) && atMost(a.right, b, slack);
  if (a.kind === 'succ') return atMost(a.of, b, slack - 1);
  const simplerA = a.kind === 'imax' ? simplifyImax(a) : a;
  if (simplerA !== a) return atMost(simplerA, b, slack);
  const simplerB = b.kind === 'imax' ? simplifyImax(b) : b;
  if (simplerB !== b) return atMost(a, simplerB, slack);
  if (b.kind === 'succ') return atMost(a, b.of, slack + 1);
  const split = splitParameter(a) ?? splitParameter(b);
  if (split !== undefined) {
    return [zero, { kind: 'succ', of: { kind: 'param', name: split } } as const].every((value) => {
      const replace = new Map<Name, Level>([[split, value]]);
      return atMost(substituteLevel(a, replace), substituteLevel(b, replace), slack);
    });
  }
  if (b.kind === 'max')
    return atMost(a, b.left, slack) || atMost(a, b.right, slack) || splitMaximum(a, b, slack);
  return a.kind === 'zero' && b.kind === 'zero' ? slack >= 0 : false;
}

/**
 * `p ≤ max x y` may need x in one case of a parameter and y in the other, but only where an imax hides below; one
 * level of cases on such a parameter brings it out.
 */
function splitMaximum(a: Level, b: Level, slack: number): boolean {
  const name = hiddenImaxParameter(b);
  if (name === undefined) return false;
  return [zero, { kind: 'succ', of: { kind: 'param', name } } as const].every((value) => {
    const replace = new Map<Name, Level>([[name, value]]);
    return atMost(substituteLevel(a, replace), substituteLevel(b, replace), slack);
  });
}

/** `imax x y` without the imax where y's head tells whether it is 0; itself where y is a parameter. */
function simplifyImax(level: Level & { kind: 'max' | 'imax' }): Level {
  const { left, right } = level;
  switch (right.kind) {
    case 'zero':
      return zero;
    case 'succ':
      return { kind: 'max', left, right };
    case 'max':
      return {
        kind: 'max',
        left: { kind: 'imax', left, right: right.left },
        right: { kind: 'imax', left, right: right.right },
      };
    case 'imax':
      return {
        kind: 'max',
        left: { kind: 'imax', left, right: right.right },
        right: { kind: 'imax', left: right.left, right: right.right },
      };
    case 'param':
    case 'mvar':
      return level;
  }
}

function splitParameter(level: Level): Name | undefined {
  return level.kind === 'imax' && level.right.kind === 'param' ? level.right.name : undefined;
}

function hiddenImaxParameter(level: Level): Name | undefined {
  switch (level.kind) {
    case 'zero':
    case 'param':
    case 'mvar':
      return undefined;
    case 'succ':
      return hiddenImaxParameter(level.of);
    case 'max':
      return hiddenImaxParameter(level.left) ?? hiddenImaxParameter(level.right);
    case 'imax':
      return splitParameter(level) ?? hiddenImaxParameter(level.left) ?? hiddenImaxParameter(level.right);
  }
}

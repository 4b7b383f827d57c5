import type { Refusal } from '../api/execution.js';

/** Error categories, as users of the seed project know them. */
export const categories = [
  'PARSE',
  'UNKNOWN_IDENTIFIER',
  'TYPE_MISMATCH',
  'UNIVERSE',
  'POSITIVITY',
  'TERMINATION',
  'TACTIC',
  'ELABORATION',
  'KERNEL',
  'DUPLICATE_DECL',
  'OTHER',
] as const;
export type RefusalCategory = (typeof categories)[number];

/** First match wins: the special before the general. */
const rules: readonly (readonly [pattern: RegExp, category: RefusalCategory])[] = [
  [/non positive occurrence|non-positive occurrence|contains a non valid occurrence/i, 'POSITIVITY'],
  [
    /universe level|invalid universe|universe constraint|stuck at solving universe|Failed to infer universe/i,
    'UNIVERSE',
  ],
  [/already been declared|already declared|alreadyDeclared|has already been/i, 'DUPLICATE_DECL'],
  [/^\(kernel\)/, 'KERNEL'],
  [
    /unexpected token|unexpected end of input|expected (command|token|term|identifier)|unterminated|unknown tactic|^expected /i,
    'PARSE',
  ],
  [
    /unknown (identifier|constant|namespace|universe|attribute)|Unknown (identifier|constant|namespace)/i,
    'UNKNOWN_IDENTIFIER',
  ],
  [/type mismatch|has type[\s\S]*but is expected|Application type mismatch/i, 'TYPE_MISMATCH'],
  [/termination|structural recursion|decreasing_by|well-founded/i, 'TERMINATION'],
  [/tactic|unsolved goals|made no progress|omega could not|`decide`|no goals/i, 'TACTIC'],
  [
    /failed to synthesize|don't know how to synthesize|elaborat|function expected|typeclass|type class|type expected|invalid/i,
    'ELABORATION',
  ],
];

/** The category of a refusal. */
export function categorize({ message }: Refusal): RefusalCategory {
  return rules.find(([pattern]) => pattern.test(message))?.[1] ?? 'OTHER';
}

/** A message without what differs between candidates: names of units, numbers, quoted terms. */
export function messageTemplate(message: string): string {
  return message
    .replace(/`[^`]*`/g, '`_`')
    .replace(/\b[A-Za-z]\w*_\d+(\.\w+)*/g, 'X')
    .replace(/\d+/g, '0')
    .replace(/\n[\s\S]*/, '')
    .slice(0, 160);
}

import { finished, refusalIn, type Execution, type Job } from '../../api/execution.js';
import type { Declaration, Theorem } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { app, constant, letIn, nat, sort, string } from '../../ir/expr.js';
import { forall, fun } from '../../ir/hoas.js';
import { param, zero } from '../../ir/level.js';
import { decode } from '../../ir/tree-builder.js';
import { canaries, type Canary } from './canaries.js';

/** Who runs the jobs: an executor of the Lean that is tried. */
export interface TriedLean {
  run(jobs: readonly Job[]): Promise<Execution[]>;
}

/** An answer that is not what the rules of the kernel say. */
export interface WrongAnswer {
  readonly canary: Canary;
  /** The declaration that was answered wrongly. */
  readonly at: number;
  readonly accepted: boolean;
  /** All of it, in a sentence. */
  readonly about: string;
}

/** The result of trying a native Lean. */
export type Trial =
  /** It is called as it wants to be. `wrong` are answers that are not what the rules say: leads. */
  | { readonly fits: true; readonly wrong: readonly WrongAnswer[] }
  /** It crashed, hung, or returned garbage: none of its answers can be believed. */
  | { readonly fits: false; readonly why: string };

/** From this share of wrong answers on, it is the calls that are wrong, not the kernel. */
const tooManyWrong = 1 / 4;

/** Asks a native Lean what is known, in forked executors, which may come to grief. */
export async function tryLean(lean: TriedLean): Promise<Trial> {
  const [readBack, ...executions] = await lean.run([readBackJob(), ...canaries.map(jobOf)]);
  const garbled = readBack === undefined ? 'no answer' : whatIsGarbled(readBack);
  if (garbled !== null) return { fits: false, why: garbled };
  const wrong: WrongAnswer[] = [];
  for (const [i, canary] of canaries.entries()) {
    const { end, steps } = executions[i] ?? { end: finished, steps: [] };
    if (end.kind !== 'finished') return { fits: false, why: `${canary.name}: ${end.message}` };
    const problem = whatIsWrong(canary, steps);
    if (problem !== null) wrong.push(problem);
  }
  if (wrong.length >= canaries.length * tooManyWrong) {
    const why = `${wrong.length} of ${canaries.length} answers are wrong, such as ${wrong[0]?.about ?? ''}`;
    return { fits: false, why };
  }
  return { fits: true, wrong };
}

function jobOf({ declarations }: Canary): Job {
  return { level: 'kernel', steps: declarations.map(stepOf), claims: [] };
}

function stepOf(declaration: Declaration): Job['steps'][number] {
  return { kind: 'declaration', words: encode([declaration]) };
}

function whatIsWrong(canary: Canary, steps: Execution['steps']): WrongAnswer | null {
  const { name, isGood, declarations } = canary;
  const last = declarations.length - 1;
  for (let i = 0; i <= last; i++) {
    const refusal = refusalIn(steps[i]);
    const said = (accepted: boolean, how: string): WrongAnswer => ({
      canary,
      at: i,
      accepted,
      about: `${name}: ${how}`,
    });
    if (refusal === undefined && i === last && !isGood) return said(true, 'accepted, expected a refusal');
    if (refusal !== undefined && (i < last || isGood))
      return said(false, `refused, expected to be accepted: ${refusal.message}`);
  }
  return null;
}

/** Declarations with all that can be garbled on the way: numbers, texts, names, levels, binders, hints. */
const told: readonly Declaration[] = [
  { kind: 'axiom', name: 'canary.«a.b».7', levelParams: [], type: constant('False'), unsafe: false },
  {
    kind: 'definition',
    name: 'canary.told',
    levelParams: ['u', 'v'],
    type: forall('x', sort(param('u')), () => constant('Nat'), 'implicit'),
    value: fun('y', sort(param('u')), () => nat(2n ** 70n + 5n), 'instImplicit'),
    hint: 77,
    safety: 'safe',
  },
  {
    kind: 'opaque',
    name: 'canary.text',
    levelParams: [],
    type: constant('String'),
    value: string('\u221e\0x'),
    unsafe: false,
  },
];
/** A theorem that mentions all of them. */
const claim: Theorem = {
  kind: 'theorem',
  name: 'canary.claim',
  levelParams: [],
  type: constant('False'),
  value: letIn(
    'n',
    constant('Nat'),
    app(constant('canary.told', [zero, zero]), constant('True')),
    letIn('s', constant('String'), constant('canary.text'), constant('canary.«a.b».7')),
  ),
};

function readBackJob(): Job {
  return {
    level: 'kernel',
    steps: told.map(stepOf),
    claims: [{ name: 'canary', constant: claim.name, step: stepOf(claim) }],
    describe: ['Eq', 'canary.told'],
    reduce: true,
  };
}

/** Parameters, indices, constructors and so on of Eq and its recursor, then what a definition has. */
const shapesExpected = [
  [2, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1],
  [1, 3, 1],
];

/** The first difference between an answer to readBackJob and its input, in words; null where they agree. */
function whatIsGarbled({ end, steps, claims: [claimed], shapes }: Execution): string | null {
  if (end.kind !== 'finished') return end.message;
  const refusal = [...steps, claimed].map(refusalIn).find((one) => one !== undefined);
  if (refusal !== undefined) return `an honest declaration is refused: ${refusal.message}`;
  const evidence = claimed?.evidence;
  if (evidence?.kind !== 'theorem' || !evidence.statesFalse) return 'what a theorem states is read otherwise';
  const said = evidence.declarations;
  if (said.kind === 'unsaid') return `declarations can't be read: ${said.why}`;
  const read = decode(said.words);
  const sorted = (list: readonly Declaration[]): string[] => list.map((one) => encode([one]).join()).sort();
  if (sorted(read).join() !== sorted([...told, claim]).join())
    return 'declarations are read otherwise than they were made';
  const numbers = shapes.map((shape) => shape.numbers);
  if (JSON.stringify(numbers) !== JSON.stringify(shapesExpected))
    return 'shapes of constants are read otherwise';
  return null;
}

/** Signatures, each built here from what was seen. */
import type { Candidate, Unit } from '../api/candidate.js';
import type { ClaimResult, Failure } from '../api/execution.js';
import type { AnswersRow } from '../api/lake.js';
import type { ProofStanding, RestatementName, Rule, Shape, Signature } from '../api/signature.js';
import type { Declaration, Inductive } from '../ir/declaration.js';
import type { Expr } from '../ir/expr.js';
import { unapply } from '../ir/expr-ops.js';
import { domainsOf, resultOf } from '../ir/telescope.js';
import type { BrokenRule, KnowledgeGap } from '../ir/typing-rules.js';
import { messageTemplate } from './refusal-categories.js';

/**
 * An accept that should have been a refusal: of which shape the declaration is, and the rule that it breaks. The kind
 * of the unit is part of it only where the rule does not say by itself what the kernel overlooked.
 */
export function acceptedSignature(
  declaration: Declaration,
  breaks: BrokenRule | KnowledgeGap,
  unit?: Unit,
): Signature {
  const shape = anywhere.has(breaks) ? declaration.kind : shapeOf(declaration);
  const asked = unit !== undefined && vague.has(breaks) ? { asked: unit.kind } : {};
  const place = { kind: 'declaration', shape, ...asked } as const;
  return { class: 'soundness', rule: { kind: 'accepts', breaks }, place };
}

/** A part of an inductive declaration's constants that a kernel makes otherwise than ours. */
export function madeSignature(
  declaration: Declaration,
  constant: Extract<Rule, { kind: 'makes' }>['constant'],
  what: string,
): Signature {
  const place = { kind: 'declaration', shape: shapeOf(declaration) } as const;
  return { class: 'difference', rule: { kind: 'makes', constant, what }, place };
}

/** A declaration that one who is asked accepts and another refuses; `objection` is what speaks against it. */
export function disputedSignature(declaration: Declaration, objection: string): Signature {
  const place = { kind: 'declaration', shape: shapeOf(declaration) } as const;
  return { class: 'difference', rule: { kind: 'is disputed', says: messageTemplate(objection) }, place };
}

/** A declaration of which two Leans make something else. */
export function unlikeMadeSignature(
  declaration: Declaration,
  constant: Extract<Rule, { kind: 'makes' }>['constant'],
  what: string,
): Signature {
  const place = { kind: 'declaration', shape: shapeOf(declaration) } as const;
  return { class: 'difference', rule: { kind: 'is made otherwise', constant, what }, place };
}

/** A difference that comes from a change of the kernel between two releases. */
export function changeSignature(change: string): Signature {
  return { class: 'difference', rule: { kind: 'was changed', change }, place: { kind: 'anywhere' } };
}

/** A refusal of what our own kernel accepts. */
export function incompleteSignature(declaration: Declaration, message: string): Signature {
  const place = { kind: 'declaration', shape: shapeOf(declaration) } as const;
  return { class: 'completeness', rule: refusing(message), place };
}

/** A refusal of a question, or of what means the same as an accepted unit. */
export function refusedSignature({ kind, made }: Unit, message: string): Signature {
  const leadClass = made?.how === 'question' ? 'completeness' : 'instability';
  return { class: leadClass, rule: refusing(message), place: { kind: 'unit', of: kind } };
}

/** A declaration about which the answer changes when it is put again in another way. */
export function changedSignature(
  when: RestatementName,
  of: Declaration | Unit | undefined,
  message: string,
): Signature {
  const place =
    of === undefined || 'expected' in of
      ? ({ kind: 'unit', of: of?.kind ?? 'unit' } as const)
      : ({ kind: 'declaration', shape: shapeOf(of) } as const);
  const rule = { kind: 'answers otherwise', when, says: messageTemplate(message) } as const;
  return { class: 'instability', rule, place };
}

/** A weak head normal form that is none. */
export const unstableReductionSignature: Signature = {
  class: 'instability',
  rule: { kind: 'reduces further' },
  place: { kind: 'anywhere' },
};

/** A claim of False that the audit believes: by which claim, and on what kinds of units, whatever their names. */
export function provenSignature({ units }: Candidate, claim: string, result: ClaimResult): Signature {
  const reached = new Set(result.evidence?.reached.map((constant) => constant.name));
  const on = units.filter((unit) => unit.declares.some((name) => reached.has(name))).map(({ kind }) => kind);
  const place = { kind: 'claim', name: claim, on: [...new Set(on)].sort() } as const;
  return { class: 'soundness', rule: { kind: 'proves False' }, place, proof: 'confirmed' };
}

/** A claim of False that went through without an error and is not believed. */
export function disbelievedSignature(claim: string, why: string): Signature {
  const rule = { kind: 'claims False', but: messageTemplate(why) } as const;
  return { class: 'soundness', rule, place: { kind: 'claim', name: claim, on: [] } };
}

/** The answers of a toolchain's programs to a claim of False. */
export function checkedSignature(row: AnswersRow, claim: string): Signature {
  const place = { kind: 'claim', name: claim, on: [] } as const;
  return { class: 'difference', rule: { kind: 'is checked', row }, place };
}

/** The end of an executor, at a unit or, where that is undefined, at a claim. No word of how the unit was made. */
export function endSignature({ kind, message }: Failure, unit: Unit | undefined, claim: string): Signature {
  const rule = { kind: 'ends', how: kind, says: messageTemplate(message) } as const;
  const place =
    unit === undefined
      ? ({ kind: 'claim', name: claim, on: [] } as const)
      : ({ kind: 'unit', of: partReachedBy(unit) } as const);
  return { class: 'failure', rule, place };
}

/**
 * The part of Lean that a unit reaches: a definition, a theorem and their like are all values with a type. One cause
 * ends executors at each of them.
 */
function partReachedBy(unit: Unit): string {
  if (unit.form === 'kernel') {
    const shape = shapeOf(unit.declaration);
    return isOfValue.has(shape) ? 'value' : shape;
  }
  const word = firstCommand.exec(unit.text.replace(comments, ''))?.[1];
  if (word === undefined) return 'text';
  return isOfValue.has(word) ? 'value' : isOfType.has(word) ? 'inductive' : word;
}

const isOfValue: ReadonlySet<string> = new Set([
  ...['axiom', 'definition', 'theorem', 'opaque', 'mutual', 'def', 'abbrev', 'example', 'instance', 'lemma'],
]);
const isOfType: ReadonlySet<string> = new Set(['inductive', 'structure', 'class', 'coinductive']);

const comments = /\/-[^]*?-\/|--.*/g;

/** The first word of a text that says what is declared, or done. */
const firstCommand =
  /(?:^|\s)(axiom|theorem|opaque|mutual|def|abbrev|example|instance|inductive|structure|class|coinductive|macro|notation|syntax|elab|initialize|#\w+)(?![\w.])/;

/** The same of a file of the user's: each that ends an executor is a finding of its own. */
export function ofFile(signature: Signature, id: string): Signature {
  const { place } = signature;
  const of = place.kind === 'unit' ? place.of : place.kind === 'claim' ? `claim ${place.name}` : place.kind;
  return { ...signature, place: { kind: 'file', id, of } };
}

/** A wrong answer to a declaration of a known answer. */
export function canarySignature(name: string, accepted: boolean): Signature {
  const leadClass = accepted ? 'soundness' : 'completeness';
  return { class: leadClass, rule: { kind: 'fails a canary', name }, place: { kind: 'anywhere' } };
}

/** A proof of False that was found behind a lead, or what became of one. */
export function withProof(signature: Signature, proof: ProofStanding): Signature {
  return { ...signature, proof };
}

/**
 * The cause of a proof of False that was found behind a lead: that of the lead, but where it is a refusal. No refusal
 * proves anything, so the proof has another cause, and is named as a claim of its own.
 */
export function behindLead(lead: Signature, proof: Signature): Signature {
  return lead.class === 'completeness' ? proof : withProof(lead, 'confirmed');
}

function refusing(message: string): Rule {
  return { kind: 'refuses', says: messageTemplate(message) };
}

/** Rules with one cause in blocks of any shape. */
const anywhere: ReadonlySet<BrokenRule | KnowledgeGap> = new Set(['a loose bound variable']);

/** Rules that an error almost anywhere breaks, and all where our own kernel does not know. */
const vague: ReadonlySet<BrokenRule | KnowledgeGap> = new Set([
  ...(['Eq of another type', 'a function was expected', 'a let value of another type'] as const),
  ...(['a number that is too large', 'a power that is too large', 'a rule of another type'] as const),
  ...(['a shift that is too large', 'a type was expected', 'a value of another type'] as const),
  ...(['an argument of another type', 'a constant that is not modelled', 'out of fuel'] as const),
  ...(['a level that has grown too large', 'levels that take too long to compare'] as const),
  'a number that is too large to compute',
  ...([
    'a term that has grown too large',
    'compiled code to run',
    'more types than are looked into',
  ] as const),
  ...(['too deep or too large'] as const),
]);

/** The kind of a declaration, whatever its names, sizes and terms: the part of the kernel that deals with it. */
export function shapeOf(declaration: Declaration): Shape {
  if (declaration.kind !== 'inductive') return declaration.kind;
  const isMutual = declaration.types.length > 1;
  if (isNested(declaration)) return isMutual ? 'mutual nested inductive' : 'nested inductive';
  return isMutual ? 'mutual inductive' : 'inductive';
}

/** Whether a field has a type of the block as an argument of something else, such as List. */
function isNested({ types, parameters }: Inductive): boolean {
  const own = new Set(types.map(({ name }) => name));
  const isOwn = (expr: Expr): boolean => {
    const { head } = unapply(expr);
    return head.kind === 'const' && own.has(head.name);
  };
  const fields = types.flatMap(({ constructors }) =>
    constructors.flatMap(({ type }) => domainsOf(type).slice(parameters)),
  );
  return fields.some((field) => {
    const result = resultOf(field);
    return !isOwn(result) && unapply(result).args.some(isOwn);
  });
}

import type { BrokenRule, KnowledgeGap } from '../ir/typing-rules.js';
import { never } from '../util/errors.js';
import type { FailureKind } from './execution.js';
import type { AnswersRow } from './lake.js';

/**
 * Classes of leads. `soundness`: something is accepted that the theory, or an oracle with a known answer, refuses.
 * `difference`: two kernels answer otherwise, or make something else. `instability`: the answer changes when the same
 * is said in other words. `completeness`: something is refused that our own kernel accepts as that release should.
 * `failure`: a crash, an abort, a hang.
 */
export const leadClasses = ['soundness', 'difference', 'instability', 'completeness', 'failure'] as const;
export type LeadClass = (typeof leadClasses)[number];

/** The parts of a kernel that deal with declarations of different shapes. */
export const shapes = [
  ...(['axiom', 'definition', 'theorem', 'opaque', 'mutual', 'quotient', 'bare quotient'] as const),
  ...(['inductive', 'mutual inductive', 'nested inductive', 'mutual nested inductive'] as const),
] as const;
export type Shape = (typeof shapes)[number];

/** Ways to put the same again that must not change an answer. */
export const restatementNames = [
  ...(['alpha-renamed', 'reordered', 'unshared', 'fresh', 'hints', 'larger', 'block order'] as const),
  'kernel alone',
] as const;
export type RestatementName = (typeof restatementNames)[number];

export const madeKinds = ['inductive', 'constructor', 'recursor'] as const;

/** The way in which something went against what is known. What `says` quotes is Lean's, without names and numbers. */
export type Rule =
  /** A kernel accepts what breaks a rule of the theory, or what our own kernel can't say anything of. */
  | { readonly kind: 'accepts'; readonly breaks: BrokenRule | KnowledgeGap }
  /** A kernel refuses what it should accept. */
  | { readonly kind: 'refuses'; readonly says: string }
  /** A kernel makes something else of a declaration than the theory does. */
  | { readonly kind: 'makes'; readonly constant: (typeof madeKinds)[number]; readonly what: string }
  /** An accepted declaration is refused when it is put again in another way, or the other way round. */
  | { readonly kind: 'answers otherwise'; readonly when: RestatementName; readonly says: string }
  /**
   * One who is asked accepts what another refuses. `says`: what the theory has against it, else the one that refuses.
   */
  | { readonly kind: 'is disputed'; readonly says: string }
  /** Two Leans make something else of a declaration. */
  | {
      readonly kind: 'is made otherwise';
      readonly constant: (typeof madeKinds)[number];
      readonly what: string;
    }
  /** Two releases of Lean differ by a change of the kernel that is known. */
  | { readonly kind: 'was changed'; readonly change: string }
  /** A weak head normal form, as the kernel calls it, can be reduced further. */
  | { readonly kind: 'reduces further' }
  /** A claim of False is accepted. */
  | { readonly kind: 'proves False' }
  /** A claim of False goes through without an error, and the audit does not believe it. */
  | { readonly kind: 'claims False'; readonly but: string }
  /** The programs of a toolchain give these answers to a claim of False. */
  | { readonly kind: 'is checked'; readonly row: AnswersRow }
  /** An executor ended, or hung. */
  | { readonly kind: 'ends'; readonly how: FailureKind; readonly says: string }
  /** A declaration of a known answer got another one before the campaign began. */
  | { readonly kind: 'fails a canary'; readonly name: string };

/** The thing that it happened to. */
export type Place =
  /** Declarations of a shape. `asked` is the kind of the unit, where the rule alone could be any error's. */
  | { readonly kind: 'declaration'; readonly shape: Shape; readonly asked?: string }
  | { readonly kind: 'unit'; readonly of: string }
  /** A claim, and the kinds of the units that its proof rests on. */
  | { readonly kind: 'claim'; readonly name: string; readonly on: readonly string[] }
  /** A file of the user's, by the id of its content: each is a cause of its own. */
  | { readonly kind: 'file'; readonly id: string; readonly of: string }
  | { readonly kind: 'anywhere' };

/** The state of the proof of False that a finding is, or that was found behind it. */
export const proofStandings = ['confirmed', 'refused', 'unanswered'] as const;
export type ProofStanding = (typeof proofStandings)[number];

/** The cause of a finding, as far as it is known: findings of equal signatures are repeats. */
export interface Signature {
  readonly class: LeadClass;
  readonly rule: Rule;
  readonly place: Place;
  /** Undefined where there is no proof of False. */
  readonly proof?: ProofStanding;
}

/**
 * A signature in one line, as findings, reports and the files of known ones have it; equal for equal signatures
 * alone.
 */
export function describeSignature({ class: leadClass, rule, place, proof }: Signature): string {
  return `${proof === undefined ? '' : standings[proof]}${describeRule(leadClass, rule, place)}`;
}

/** Whether two findings have one cause, as far as that is known. */
export function isSameSignature(one: Signature, other: Signature): boolean {
  return describeSignature(one) === describeSignature(other);
}

const standings: Readonly<Record<ProofStanding, string>> = {
  confirmed: 'solution ',
  refused: 'unconfirmed solution ',
  unanswered: 'unknown solution ',
};

function describeRule(leadClass: LeadClass, rule: Rule, place: Place): string {
  const where = describePlace(place);
  switch (rule.kind) {
    case 'accepts':
      return `accepted ${where}: ${rule.breaks}`;
    case 'refuses':
      return place.kind === 'unit' ? `refused ${where} ${rule.says}` : `incomplete ${where}: ${rule.says}`;
    case 'makes':
      return `made ${where}: ${rule.constant}, ${rule.what}`;
    case 'answers otherwise':
      return `differential ${rule.when} ${where} ${rule.says}`;
    case 'is disputed':
      return `difference ${where}: ${rule.says}`;
    case 'is made otherwise':
      return `difference ${where}: made another ${rule.what} of a ${rule.constant}`;
    case 'was changed':
      return `difference known: ${rule.change}`;
    case 'reduces further':
      return 'reduction: a weak head normal form is none';
    case 'proves False':
      return where;
    case 'claims False':
      return `declined ${where} ${rule.but}`;
    case 'is checked':
      return `${rule.row} ${where}`;
    case 'ends':
      return `${rule.how} in ${place.kind === 'claim' ? 'claim ' : ''}${where}: ${rule.says}`;
    case 'fails a canary':
      return `${leadClass} canary ${rule.name}`;
    default:
      return never(rule);
  }
}

function describePlace(place: Place): string {
  switch (place.kind) {
    case 'declaration':
      return place.asked === undefined ? place.shape : `${place.asked} in ${place.shape}`;
    case 'unit':
      return place.of;
    case 'claim':
      return [place.name, ...place.on].join(' ');
    case 'file':
      return `${place.of} of import ${place.id}`;
    case 'anywhere':
      return 'anywhere';
    default:
      return never(place);
  }
}

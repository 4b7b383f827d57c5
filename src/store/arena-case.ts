import { childrenOf } from '../ir/expr-ops.js';
import type { Declaration } from '../ir/declaration.js';
import type { Expr } from '../ir/expr.js';
import { expressionsOf } from '../ir/mentioned.js';
import type { Name } from '../ir/name.js';
import { exportNdjson } from '../kernel/export/ndjson.js';
import { releaseOf } from '../util/lean-release.js';
import { packageVersion } from '../util/package.js';
import { asLine } from '../util/printable.js';
import type { CorrectAnswer } from './correct-answer.js';

export interface ArenaInput {
  readonly id: string;
  readonly kind: string;
  readonly reasons: readonly string[];
  readonly correct?: CorrectAnswer | undefined;
  readonly declarations: readonly Declaration[];
  /** Constants of the library among them that stand as axioms, because this Lean has no values of them. */
  readonly assumed?: readonly Name[];
  readonly leanVersion: string;
  /** The path of the export as the description names it. */
  readonly file: string;
}

/** A test case of the Lean Kernel Arena: an export, and what a correct kernel answers to it. */
export interface ArenaCase {
  readonly ndjson: string;
  readonly yaml: string;
  /** The answer of a correct kernel, where that is sure; `yaml` says it, too. */
  readonly outcome?: CorrectAnswer;
  /** Gaps of the export, one sentence each: of what is not whole nobody can say what a correct kernel answers. */
  readonly incomplete: readonly string[];
}

/** Writes a finding as a test case: description, file and outcome are all that the arena's schema has. */
export function arenaCase(input: ArenaInput): ArenaCase {
  const { id, kind, reasons, correct, declarations, assumed = [], leanVersion, file } = input;
  const metadata = { version: packageVersion, lean: releaseOf(leanVersion) };
  const { text: ndjson, incomplete, isFaithful } = exportNdjson(declarations, metadata);
  const stand = `${assumed.length} constants of the library stand as axioms: this Lean has no values of them`;
  const lines = [
    `${kind} ${id}, found by lean-fuzz ${packageVersion} on Lean ${leanVersion}`,
    ...reasons,
    ...incomplete.map((what) => `incomplete: ${what}`),
    ...(assumed.length === 0 ? [] : [stand]),
    `exercises: ${exercisedBy(declarations).join(', ')}`,
  ];
  const description = lines.map((line) => `  ${asLine(line)}\n`).join('');
  // A file that is refused is refused without recursors, too: a type that breaks a rule has none.
  const isSure = incomplete.length === 0 || (isFaithful && correct === 'reject');
  const outcome = isSure ? correct : undefined;
  return {
    ndjson,
    yaml: `description: |\n${description}file: ${plain(file)}\n${outcome === undefined ? '' : `outcome: ${outcome}\n`}`,
    ...(outcome === undefined ? {} : { outcome }),
    incomplete,
  };
}

/** A path in YAML, quoted where it has more than what is plain there. */
function plain(path: string): string {
  return /^[A-Za-z0-9_][\w./-]*$/.test(path) ? path : JSON.stringify(path);
}

const termKinds = {
  nat: 'number literals',
  string: 'string literals',
  proj: 'projections',
  let: 'let',
} as const;

/** Kinds of declarations and of terms in them, of the last fifty: the ones before are what they rest on. */
function exercisedBy(declarations: readonly Declaration[]): string[] {
  const found = new Set<string>();
  const own = declarations.slice(-50);
  for (const declaration of own) {
    const isBlock = declaration.kind === 'inductive' && declaration.types.length > 1;
    found.add(isBlock ? 'mutual inductive' : declaration.kind);
  }
  const seen = new Set<Expr>();
  const open = own.flatMap(expressionsOf);
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if (expr.kind in termKinds) found.add(termKinds[expr.kind as keyof typeof termKinds]);
    if (expr.kind === 'const' && /\.rec(_\d+)?$/.test(expr.name)) found.add('recursors');
    open.push(...childrenOf(expr));
  }
  return [...found].sort();
}

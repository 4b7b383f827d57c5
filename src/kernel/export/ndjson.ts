/**
 * The NDJSON format of lean4export, version 3.1.0: one JSON object per line, first what made the file, then names,
 * levels and expressions by number, each behind its parts, and the declarations between them.
 */
import { declaredNames, type Declaration, type Definition } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import { baseNeededBy } from './base-needed.js';
import { assume } from '../assume.js';
import { quotientConstants } from '../base/quotient.js';
import { Environment, type Constant } from '../environment.js';
import { headFields } from './head.js';
import { exportInductive } from './inductive.js';
import { ExportTables } from './tables.js';
import { undeclaredIn } from './undeclared.js';

export interface Exported {
  readonly text: string;
  /** Gaps of the file, one sentence each: constants that it never declares, recursors, terms without a form. */
  readonly incomplete: readonly string[];
}

/** The exporter and the Lean, for the first line of the file. */
export interface ExportMetadata {
  readonly version: string;
  readonly lean: { readonly version: string; readonly githash: string };
}

/**
 * Exports declarations and what they need of the base environment. A name that is declared nowhere is mentioned all
 * the same, and listed as what is lacking.
 */
export function exportNdjson(declarations: readonly Declaration[], metadata: ExportMetadata): Exported {
  const tables = new ExportTables();
  const incomplete: string[] = [];
  tables.line({
    meta: {
      exporter: { name: 'lean-fuzz', version: metadata.version },
      lean: { githash: metadata.lean.githash, version: metadata.lean.version },
      format: { version: '3.1.0' },
    },
  });
  const { needed } = baseNeededBy(declarations);
  let environment = Environment.root([]);
  for (const declaration of [...needed, ...declarations]) {
    environment = exportOne(tables, environment, declaration, incomplete);
    if (tables.odd.size === 0) continue;
    const what = [...tables.odd].join(', ');
    incomplete.push(`${declaredNames(declaration)[0] ?? ''} has ${what}, which the format has no form for`);
    tables.odd.clear();
  }
  const text = `${tables.lines.join('\n')}\n`;
  const undeclared = undeclaredIn(text);
  if (undeclared.length > 0) incomplete.unshift(`only mentioned: ${undeclared.join(', ')}`);
  return { text, incomplete };
}

/** Writes one declaration, and returns what the checker here knows behind it. */
function exportOne(
  tables: ExportTables,
  environment: Environment,
  declaration: Declaration,
  incomplete: string[],
): Environment {
  switch (declaration.kind) {
    case 'axiom':
      tables.line({ axiom: { ...headFields(tables, declaration), isUnsafe: declaration.unsafe } });
      break;
    case 'definition':
      exportDefinition(tables, declaration, [declaration.name]);
      break;
    case 'theorem': {
      const all = [tables.name(declaration.name)];
      tables.line({
        thm: { ...headFields(tables, declaration), value: tables.expr(declaration.value), all },
      });
      break;
    }
    case 'opaque': {
      const rest = { isUnsafe: declaration.unsafe, all: [tables.name(declaration.name)] };
      const value = tables.expr(declaration.value);
      tables.line({ opaque: { ...headFields(tables, declaration), value, ...rest } });
      break;
    }
    case 'mutual': {
      const all = declaredNames(declaration);
      declaration.definitions.forEach((definition) => exportDefinition(tables, definition, all));
      break;
    }
    case 'quotient':
      for (const constant of quotientConstants) exportQuotient(tables, constant);
      return environment.extend(quotientConstants);
    case 'inductive':
      return exportInductive(tables, environment, declaration, incomplete);
  }
  // Declarations that our own kernel refuses are exported like the rest, and later ones may build on them.
  return assume(environment, declaration);
}

function exportDefinition(tables: ExportTables, definition: Definition, all: readonly Name[]): void {
  const { hint, safety } = definition;
  const named = hint === 'abbreviation' ? 'abbrev' : 'opaque';
  tables.line({
    def: {
      ...headFields(tables, definition),
      value: tables.expr(definition.value),
      hints: typeof hint === 'number' ? { regular: hint } : named,
      safety,
      all: all.map((name) => tables.name(name)),
    },
  });
}

const quotientKinds = { type: 'type', mk: 'ctor', lift: 'lift', ind: 'ind' } as const;

function exportQuotient(tables: ExportTables, constant: Constant): void {
  if (constant.details.kind !== 'quotient') return;
  tables.line({ quot: { ...headFields(tables, constant), kind: quotientKinds[constant.details.part] } });
}

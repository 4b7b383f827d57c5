/**
 * The NDJSON format of lean4export, version 3.1.0: one JSON object per line, first what made the file, then names,
 * levels and expressions by number, each behind its parts, and the declarations between them.
 */
import type { Declaration, Definition, Inductive } from '../../ir/declaration.js';
import { declaredNames } from '../../ir/declaration.js';
import type { Expr } from '../../ir/expr.js';
import { child, type Name } from '../../ir/name.js';
import { baseEnvironment } from '../base-environment.js';
import { baseNeededBy } from './base-needed.js';
import { checkDeclaration } from '../check.js';
import type { Constant, Environment } from '../environment.js';
import { DontKnow, IllTyped } from '../failure.js';
import { addInductive, isRecursive } from '../inductive.js';
import { ExportTables } from './tables.js';

export interface Exported {
  readonly text: string;
  /** What the file lacks, one sentence each: recursors that could not be derived, terms without a form. */
  readonly incomplete: readonly string[];
}

/** What made the file, for its first line. */
export interface ExportMetadata {
  readonly version: string;
  readonly leanVersion: string;
}

/**
 * Exports declarations and what they need of Lean's core, as far as it can be said here; the rest of Init is mentioned by
 * name only, and listed as what is lacking.
 */
export function exportNdjson(declarations: readonly Declaration[], metadata: ExportMetadata): Exported {
  const tables = new ExportTables();
  const incomplete: string[] = [];
  tables.line({
    meta: {
      exporter: { name: 'lean-fuzz', version: metadata.version },
      lean: { githash: '', version: metadata.leanVersion },
      format: { version: '3.1.0' },
    },
  });
  const { needed, missing } = baseNeededBy(declarations);
  if (missing.length > 0) incomplete.push(`of Init, only mentioned: ${missing.join(', ')}`);
  let environment = baseEnvironment;
  for (const declaration of [...needed, ...declarations]) {
    environment = exportOne(tables, environment, declaration, incomplete);
    if (tables.odd.size === 0) continue;
    const what = [...tables.odd].join(', ');
    incomplete.push(`${declaredNames(declaration)[0] ?? ''} has ${what}, which the format has no form for`);
    tables.odd.clear();
  }
  return { text: `${tables.lines.join('\n')}\n`, incomplete };
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
      tables.line({ axiom: { ...headOf(tables, declaration), isUnsafe: declaration.unsafe } });
      break;
    case 'definition':
      exportDefinition(tables, declaration, [declaration.name]);
      break;
    case 'theorem': {
      const all = [tables.name(declaration.name)];
      tables.line({ thm: { ...headOf(tables, declaration), value: tables.expr(declaration.value), all } });
      break;
    }
    case 'opaque': {
      const rest = { isUnsafe: declaration.unsafe, all: [tables.name(declaration.name)] };
      const value = tables.expr(declaration.value);
      tables.line({ opaque: { ...headOf(tables, declaration), value, ...rest } });
      break;
    }
    case 'mutual': {
      const all = declaredNames(declaration);
      declaration.definitions.forEach((definition) => exportDefinition(tables, definition, all));
      break;
    }
    case 'quotient':
      incomplete.push('the quotient declaration is left out: it is part of Init');
      break;
    case 'inductive':
      return exportInductive(tables, environment, declaration, incomplete);
  }
  const opinion = checkDeclaration(environment, declaration);
  return opinion.kind === 'accept' ? opinion.environment : environment;
}

function exportDefinition(tables: ExportTables, definition: Definition, all: readonly Name[]): void {
  const { hint, safety } = definition;
  const named = hint === 'abbreviation' ? 'abbrev' : 'opaque';
  tables.line({
    def: {
      ...headOf(tables, definition),
      value: tables.expr(definition.value),
      hints: typeof hint === 'number' ? { regular: hint } : named,
      safety,
      all: all.map((name) => tables.name(name)),
    },
  });
}

interface Headed {
  readonly name: Name;
  readonly levelParams: readonly Name[];
  readonly type: Expr;
}

function headOf(tables: ExportTables, { name, levelParams, type }: Headed): object {
  return {
    name: tables.name(name),
    levelParams: levelParams.map((param) => tables.name(param)),
    type: tables.expr(type),
  };
}

function exportInductive(
  tables: ExportTables,
  environment: Environment,
  declaration: Inductive,
  incomplete: string[],
): Environment {
  const { levelParams, parameters: numParams, unsafe: isUnsafe } = declaration;
  const derived = derive(environment, declaration);
  const all = declaration.types.map((type) => tables.name(type.name));
  const recursive = isRecursive(declaration);
  const types = declaration.types.map((type) => ({
    ...headOf(tables, { ...type, levelParams }),
    numParams,
    numIndices: Math.max(0, countPis(type.type) - numParams),
    all,
    ctors: type.constructors.map((c) => tables.name(c.name)),
    numNested: 0,
    isRec: recursive,
    isUnsafe,
    isReflexive: recursive && isReflexive(declaration),
  }));
  const ctors = declaration.types.flatMap((type) =>
    type.constructors.map((constructor, cidx) => ({
      ...headOf(tables, { ...constructor, levelParams }),
      induct: tables.name(type.name),
      cidx,
      numParams,
      numFields: Math.max(0, countPis(constructor.type) - numParams),
      isUnsafe,
    })),
  );
  const recs = declaration.types.flatMap((type) => {
    const constant = derived?.find(child(type.name, 'rec'));
    const recursor = constant === undefined ? undefined : recursorOf(tables, constant, all, isUnsafe);
    if (recursor === undefined)
      incomplete.push(
        `the recursor of ${type.name} is left out: not derived here (nested types also say numNested 0)`,
      );
    return recursor ?? [];
  });
  tables.line({ inductive: { types, ctors, recs } });
  return derived ?? environment;
}

function derive(environment: Environment, declaration: Inductive): Environment | undefined {
  try {
    return addInductive(environment, declaration);
  } catch (error) {
    if (error instanceof IllTyped || error instanceof DontKnow || error instanceof RangeError)
      return undefined;
    throw error;
  }
}

function recursorOf(
  tables: ExportTables,
  constant: Constant,
  all: readonly number[],
  isUnsafe: boolean,
): object | undefined {
  const { details } = constant;
  if (details.kind !== 'recursor') return undefined;
  return {
    ...headOf(tables, constant),
    all,
    numParams: details.parameters,
    numIndices: details.indices,
    numMotives: details.motives,
    numMinors: details.minors,
    rules: details.rules.map((rule) => ({
      ctor: tables.name(rule.constructor),
      nfields: rule.fields,
      rhs: tables.expr(rule.value),
    })),
    k: details.likeK,
    isUnsafe,
  };
}

function countPis(type: Expr): number {
  let count = 0;
  for (let rest = type; rest.kind === 'pi'; rest = rest.body) count++;
  return count;
}

/** Whether a field is a function into a type of the block. */
function isReflexive(declaration: Inductive): boolean {
  const names = new Set(declaration.types.map((type) => type.name));
  const endsInBlock = (type: Expr): boolean => {
    let rest = type;
    while (rest.kind === 'pi') rest = rest.body;
    while (rest.kind === 'app') rest = rest.fn;
    return rest.kind === 'const' && names.has(rest.name);
  };
  const hasFunctionField = (type: Expr): boolean => {
    for (let rest = type; rest.kind === 'pi'; rest = rest.body)
      if (rest.type.kind === 'pi' && endsInBlock(rest.type)) return true;
    return false;
  };
  return declaration.types.some((type) => type.constructors.some((c) => hasFunctionField(c.type)));
}

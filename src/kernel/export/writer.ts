/** Writes declarations in lean4export's format line by line, each behind the names, levels and terms that it is made of. */
import {
  declaredNames,
  type Declaration,
  type Definition,
  type Inductive,
  type BareQuotient,
  type Quotient,
} from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import type { Constant } from '../environment.js';
import { headFields } from './head.js';
import { inductiveFields } from './inductive.js';
import { ExportTables } from './tables.js';

/** The exporter and the Lean, for the first line of the file. */
export interface ExportMetadata {
  readonly version: string;
  readonly lean: { readonly version: string; readonly githash: string };
}

/** A declaration that makes the constants that it says, and no others. */
export type PlainDeclaration = Exclude<Declaration, Inductive | Quotient | BareQuotient>;

export class NdjsonWriter {
  private readonly tables: ExportTables;

  /** `write` gets each line, without its end. */
  constructor(write: (line: string) => void, { version, lean }: ExportMetadata) {
    this.tables = new ExportTables(write);
    this.tables.line({
      meta: {
        exporter: { name: 'lean-fuzz', version },
        lean: { githash: lean.githash, version: lean.version },
        format: { version: '3.1.0' },
      },
    });
  }

  plain(declaration: PlainDeclaration): void {
    const { tables } = this;
    switch (declaration.kind) {
      case 'axiom':
        return tables.line({ axiom: { ...headFields(tables, declaration), isUnsafe: declaration.unsafe } });
      case 'definition':
        return this.definition(declaration, [declaration.name]);
      case 'theorem': {
        const all = [tables.name(declaration.name)];
        const value = tables.expr(declaration.value);
        return tables.line({ thm: { ...headFields(tables, declaration), value, all } });
      }
      case 'opaque': {
        const rest = { isUnsafe: declaration.unsafe, all: [tables.name(declaration.name)] };
        const value = tables.expr(declaration.value);
        return tables.line({ opaque: { ...headFields(tables, declaration), value, ...rest } });
      }
      case 'mutual': {
        const all = declaredNames(declaration);
        return declaration.definitions.forEach((definition) => this.definition(definition, all));
      }
    }
  }

  /** An inductive declaration by the constants that it has made: its types, their constructors, and the recursors. */
  inductive(constants: readonly Constant[], isUnsafe: boolean): void {
    this.tables.line({ inductive: inductiveFields(this.tables, constants, isUnsafe) });
  }

  quotient(constants: readonly Constant[]): void {
    for (const constant of constants) {
      if (constant.details.kind !== 'quotient') continue;
      const kind = quotientKinds[constant.details.part];
      this.tables.line({ quot: { ...headFields(this.tables, constant), kind } });
    }
  }

  /** Parts without a form in the format that the declarations since the last call have, in words, each kind once. */
  takeOdd(): string[] {
    const odd = [...this.tables.odd];
    this.tables.odd.clear();
    return odd;
  }

  private definition(definition: Definition, all: readonly Name[]): void {
    const { hint, safety } = definition;
    const { tables } = this;
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
}

const quotientKinds = { type: 'type', mk: 'ctor', lift: 'lift', ind: 'ind' } as const;

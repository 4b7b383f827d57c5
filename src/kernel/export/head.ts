import type { Expr } from '../../ir/expr.js';
import { param } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import type { ExportTables } from './tables.js';

export interface Headed {
  readonly name: Name;
  readonly levelParams: readonly Name[];
  readonly type: Expr;
}

/** Fields of every constant. Each level parameter is written as a level too, whether a term uses it or not. */
export function headFields(tables: ExportTables, { name, levelParams, type }: Headed): object {
  levelParams.forEach((one) => tables.level(param(one)));
  return {
    name: tables.name(name),
    levelParams: levelParams.map((one) => tables.name(one)),
    type: tables.expr(type),
  };
}

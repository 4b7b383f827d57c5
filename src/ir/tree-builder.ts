import { foreignLimits, type WordLimits } from './codec.js';
import type { Builder, TypedParts } from './builder.js';
import { Decoder } from './decode.js';
import { safeties, type Declaration, type Definition } from './declaration.js';
import * as expr from './expr.js';
import { binderInfos, type BinderInfo, type Expr } from './expr.js';
import * as level from './level.js';
import type { Level } from './level.js';

/** The declarations of a flat form, as trees. Throws MalformedWords, also for what is beyond the limits. */
export function decode(words: Uint32Array, limits: WordLimits = foreignLimits): Declaration[] {
  const decoder = new Decoder(words, treeBuilder, limits);
  const declarations: Declaration[] = [];
  for (let i = 0; i < decoder.count; i++) declarations.push(decoder.declaration());
  decoder.end();
  return declarations;
}

const infoOf = (index: number): BinderInfo => binderInfos[index] ?? 'default';

const definitionOf = (
  parts: TypedParts<Expr> & Omit<Definition, 'kind' | 'safety'> & { safety: number },
): Definition => ({
  kind: 'definition',
  name: parts.name,
  levelParams: parts.levelParams,
  type: parts.type,
  value: parts.value,
  hint: parts.hint,
  safety: safeties[parts.safety] ?? 'safe',
});

const treeBuilder: Builder<Level, Expr, Declaration> = {
  zero: () => level.zero,
  succ: (of) => level.succ(of),
  max: level.max,
  imax: level.imax,
  levelParam: level.param,
  levelMvar: level.levelMvar,

  bvar: expr.bvar,
  fvar: expr.fvar,
  mvar: expr.mvar,
  sort: expr.sort,
  const: expr.constant,
  app: expr.apply,
  lambda: (name, info, type, body) => expr.lambda(name, type, body, infoOf(info)),
  pi: (name, info, type, body) => expr.pi(name, type, body, infoOf(info)),
  let: expr.letIn,
  nat: expr.nat,
  string: expr.string,
  proj: expr.proj,
  mdata: expr.mdata,
  again: (shared) => shared,

  axiom: (header, unsafe) => ({ kind: 'axiom', ...header, unsafe }),
  definition: definitionOf,
  theorem: ({ name, levelParams, type }, value) => ({ kind: 'theorem', name, levelParams, type, value }),
  opaque: ({ name, levelParams, type }, value, unsafe) => ({
    kind: 'opaque',
    name,
    levelParams,
    type,
    value,
    unsafe,
  }),
  quotient: () => ({ kind: 'quotient' }),
  mutual: (definitions) => ({ kind: 'mutual', definitions: definitions.map(definitionOf) }),
  inductive: (parts) => ({ kind: 'inductive', ...parts }),
  bareQuotient: (parts) => ({ kind: 'bare quotient', equality: { kind: 'inductive', ...parts } }),
};

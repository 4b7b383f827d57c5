import { DeclarationTag, ExprTag, HintWord, LevelTag, wordsVersion } from './codec.js';
import { safeties, type Declaration, type Definition, type ReducibilityHint } from './declaration.js';
import { childrenOf } from './expr-ops.js';
import { binderInfos, type Expr } from './expr.js';
import type { Level } from './level.js';
import type { Name } from './name.js';

export interface EncodeOptions {
  /** False writes a subtree out at each of its uses: as many nodes as `Expr.size` says. Default true. */
  readonly share?: boolean;
}

/** The flat form of declarations; codec.ts draws it. Equal declarations give equal words. */
export function encode(declarations: readonly Declaration[], options: EncodeOptions = {}): Uint32Array {
  return new Encoder().encode(declarations, options.share ?? true);
}

class Encoder {
  private readonly body: number[] = [];
  private readonly texts = new Map<string, number>();
  /** How often a node that has children was met; those met again become shared. */
  private readonly meetings = new Map<Expr, number>();
  private readonly shared = new Map<Expr, number>();

  encode(declarations: readonly Declaration[], share: boolean): Uint32Array {
    if (share) {
      for (const declaration of declarations) this.forEachExpr(declaration, (expr) => this.count(expr));
    }
    this.body.push(declarations.length);
    for (const declaration of declarations) this.declaration(declaration);
    return this.assemble();
  }

  private assemble(): Uint32Array {
    const texts = [...this.texts.keys()];
    const lengths = texts.map((text) => Buffer.byteLength(text));
    const bytes = lengths.reduce((sum, length) => sum + length, 0);
    const bodyAt = 3 + texts.length + Math.ceil(bytes / 4);
    const words = new Uint32Array(bodyAt + this.body.length);
    words[0] = wordsVersion;
    words[1] = bytes;
    words[2] = texts.length;
    words.set(lengths, 3);
    Buffer.from(words.buffer).write(texts.join(''), (3 + texts.length) * 4);
    words.set(this.body, bodyAt);
    return words;
  }

  private forEachExpr(declaration: Declaration, visit: (expr: Expr) => void): void {
    switch (declaration.kind) {
      case 'axiom':
        return visit(declaration.type);
      case 'definition':
      case 'theorem':
      case 'opaque':
        visit(declaration.type);
        return visit(declaration.value);
      case 'mutual':
        return declaration.definitions.forEach((definition) => this.forEachExpr(definition, visit));
      case 'inductive':
        for (const type of declaration.types) {
          visit(type.type);
          for (const constructor of type.constructors) visit(constructor.type);
        }
        return;
      case 'quotient':
        return;
    }
  }

  private count(expr: Expr): void {
    const children = childrenOf(expr);
    if (children.length === 0) return;
    const met = this.meetings.get(expr) ?? 0;
    this.meetings.set(expr, met + 1);
    if (met === 0) for (const child of children) this.count(child);
  }

  private text(text: string): number {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, this.texts.size);
    return this.texts.size - 1;
  }

  private declaration(declaration: Declaration): void {
    this.body.push(DeclarationTag[declaration.kind]);
    switch (declaration.kind) {
      case 'axiom':
        this.typed(declaration);
        this.body.push(declaration.unsafe ? 1 : 0);
        return;
      case 'definition':
        return this.definition(declaration);
      case 'theorem':
        this.typed(declaration);
        return this.expr(declaration.value);
      case 'opaque':
        this.typed(declaration);
        this.body.push(declaration.unsafe ? 1 : 0);
        return this.expr(declaration.value);
      case 'quotient':
        return;
      case 'mutual':
        this.body.push(declaration.definitions.length);
        return declaration.definitions.forEach((definition) => this.definition(definition));
      case 'inductive':
        this.names(declaration.levelParams);
        this.body.push(declaration.parameters, declaration.unsafe ? 1 : 0, declaration.types.length);
        for (const type of declaration.types) {
          this.body.push(this.text(type.name));
          this.expr(type.type);
          this.body.push(type.constructors.length);
          for (const constructor of type.constructors) {
            this.body.push(this.text(constructor.name));
            this.expr(constructor.type);
          }
        }
        return;
    }
  }

  private definition(definition: Definition): void {
    this.typed(definition);
    this.body.push(hintWord(definition.hint), safeties.indexOf(definition.safety));
    this.expr(definition.value);
  }

  private typed(declaration: { name: Name; levelParams: readonly Name[]; type: Expr }): void {
    this.body.push(this.text(declaration.name));
    this.names(declaration.levelParams);
    this.expr(declaration.type);
  }

  private names(names: readonly Name[]): void {
    this.body.push(names.length);
    for (const name of names) this.body.push(this.text(name));
  }

  private level(level: Level): void {
    this.body.push(LevelTag[level.kind]);
    switch (level.kind) {
      case 'zero':
        return;
      case 'succ':
        return this.level(level.of);
      case 'max':
      case 'imax':
        this.level(level.left);
        return this.level(level.right);
      case 'param':
      case 'mvar':
        this.body.push(this.text(level.name));
    }
  }

  private expr(expr: Expr): void {
    const reference = this.shared.get(expr);
    if (reference !== undefined) {
      this.body.push(ExprTag.reference, reference);
      return;
    }
    const isShared = (this.meetings.get(expr) ?? 0) > 1;
    if (isShared) this.body.push(ExprTag.define);
    this.node(expr);
    if (isShared) this.shared.set(expr, this.shared.size);
  }

  private node(expr: Expr): void {
    const { body } = this;
    body.push(ExprTag[expr.kind]);
    switch (expr.kind) {
      case 'bvar':
        body.push(expr.index);
        return;
      case 'fvar':
      case 'mvar':
        body.push(this.text(expr.name));
        return;
      case 'sort':
        return this.level(expr.level);
      case 'const':
        body.push(this.text(expr.name), expr.levels.length);
        return expr.levels.forEach((level) => this.level(level));
      case 'app':
        this.expr(expr.fn);
        return this.expr(expr.arg);
      case 'lambda':
      case 'pi':
        body.push(this.text(expr.name), binderInfos.indexOf(expr.info));
        this.expr(expr.type);
        return this.expr(expr.body);
      case 'let':
        body.push(this.text(expr.name));
        this.expr(expr.type);
        this.expr(expr.value);
        return this.expr(expr.body);
      case 'nat':
        return this.natural(expr.value);
      case 'string':
        body.push(this.text(expr.value));
        return;
      case 'proj':
        body.push(this.text(expr.structure), expr.index);
        return this.expr(expr.of);
      case 'mdata':
        return this.expr(expr.of);
    }
  }

  private natural(value: bigint): void {
    const words: number[] = [];
    for (let rest = value; rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
    this.body.push(words.length, ...words);
  }
}

function hintWord(hint: ReducibilityHint): number {
  if (hint === 'opaque') return HintWord.opaque;
  return hint === 'abbreviation' ? HintWord.abbreviation : HintWord.firstHeight + hint;
}

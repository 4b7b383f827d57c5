import { binding, ref, say, type Tree } from '../../../ir/source/tree.js';
import { named, Nat, type Type } from '../../../ir/source/types.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';

/** Notation, macros, attributes, options, namespaces and sections: text that changes what later text means. */
export const elaboratorAbuse: readonly Kind[] = [
  { kind: 'notation', weight: 2, make: notation },
  { kind: 'macro', weight: 2, make: macro },
  { kind: 'namespace', weight: 2, make: namespace },
  { kind: 'section', weight: 2, make: section },
  { kind: 'where', weight: 2, make: withWhere },
  { kind: 'attribute', weight: 1.5, make: attribute },
  { kind: 'option', weight: 1.5, make: option },
];

/** A closed value under a name of its own, which later units may use. */
function valueEntry(name: string, result: Type, args: readonly Type[] = []): Draft['declares'][number] {
  return { role: 'value', name, variables: [], args, result, constructor: false };
}

/** Notation for a term, and a definition that uses it. */
function notation(context: Context): Draft {
  const { random, terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const [f, t] = [context.name('f'), context.name('t')];
  const symbol = `⊡${f.slice(1)}`;
  const local = random.chance(0.3) ? 'local ' : '';
  const tree = random.pick([
    say`${local}notation "${symbol}" => (${value} : ${type})\ndef ${f} : ${type} := ${symbol}`,
    say`${local}notation "${symbol}(" a ")" => Prod.fst (a, ${value})\ndef ${f} : ${type} := ${symbol}(${value})`,
    say`${local}infixl:65 " ${symbol} " => fun a (_ : Nat) => a\ndef ${f} : ${type} := (${value} : ${type}) ${symbol} 3`,
    say`${local}prefix:max "${symbol}" => id\ndef ${f} : ${type} := ${symbol}${value}`,
    say`${local}infixr:80 " ${symbol} " => Prod.mk\ndef ${f} : ${type} := (${value} ${symbol} true).1`,
  ]);
  const proof = random.pick(['rfl', 'by rfl', `by unfold ${f}; rfl`]);
  return {
    tree: say`${tree}\ntheorem ${t} : ${f} = ${value} := ${proof}`,
    declares: [valueEntry(f, type), ...nothingToUse(t)],
  };
}

/** A macro for a term, a tactic or a command. */
function macro(context: Context): Draft {
  const { random, terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const [f, t] = [context.name('f'), context.name('t')];
  const word = `mk${f}`;
  const tree = random.pick<Tree>([
    say`macro "${word}" : term => \`((${value} : ${type}))\ndef ${f} : ${type} := ${word}`,
    say`syntax "${word}" term:max : term\nmacro_rules\n  | \`(${word} $x) => \`(id $x)\ndef ${f} : ${type} := ${word} ${value}`,
    say`syntax (name := stx${f}) "${word}" term,* : term\nmacro_rules\n  | \`(${word}) => \`(0)\n  | \`(${word} $x) => \`($x)\n  | \`(${word} $x, $xs,*) => \`(${word} $xs,*)\ndef ${f} : ${type} := ${word} 1, true, ${value}`,
    say`macro "${word}" : tactic => \`(tactic| first | rfl | simp | decide)\ndef ${f} : ${type} := ${value}`,
    say`macro "${word}" n:ident : command => \`(def $n : Nat := 7)\n${word} aux${f}\ndef ${f} : ${type} := ${value}`,
    say`open Lean in\nmacro "${word}" x:term : term => do\n  let y ← \`(fun a => a)\n  \`($y $x)\ndef ${f} : ${type} := ${word} ${value}`,
  ]);
  const uses = tree.parts.some((part) => typeof part === 'string' && part.includes(': tactic'));
  const proof = uses ? `by ${word}` : random.pick(['rfl', 'by rfl']);
  return {
    tree: say`${tree}\ntheorem ${t} : ${f} = ${value} := ${proof}`,
    declares: [valueEntry(f, type), ...nothingToUse(t)],
  };
}

/** A namespace with names in it that hide Lean's own, closed behind them. */
function namespace(context: Context): Draft {
  const { random, terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const [n, f, t] = [context.name('N'), context.name('f'), context.name('t')];
  const hidden = random.pick([
    'id',
    'Nat.add',
    'True',
    'False',
    'rfl',
    'Eq.refl',
    'trivial',
    'List',
    'propext',
  ]);
  const inside = random.pick([
    `def ${hidden} := 5`,
    `theorem ${hidden} : 1 = 1 := Eq.refl 1`,
    `protected def ${hidden} := 3`,
  ]);
  const opening = random.pick([`open ${n} in\n`, `open ${n} (v) in\n`, `open ${n} hiding v in\n`, '']);
  return {
    tree: say`namespace ${n}\n${inside}\ndef v : ${type} := ${value}\nend ${n}\n${opening}def ${f} : ${type} := ${n}.v\ntheorem ${t} : ${f} = ${value} := rfl`,
    declares: [valueEntry(f, type), valueEntry(`${n}.v`, type), ...nothingToUse(t)],
  };
}

/** A section with variables that definitions take as they mention them, closed behind them. */
function section(context: Context): Draft | undefined {
  const { random, terms, size } = context;
  const type = terms.type(2);
  const locals = [
    { name: 'a', type },
    { name: 'n', type: Nat },
  ];
  const value = terms.term(type, locals, size);
  if (value === undefined) return undefined;
  const [f, t] = [context.name('f'), context.name('t')];
  const included = random.chance(0.4) ? 'include h in\n' : '';
  const head = random.pick(['section', 'noncomputable section']);
  const tree = say`${head}\nvariable (a : ${type}) (n : Nat) (h : n = n)\ndef ${f} (_ : n = n) : ${type} := have _ := a; ${binding(locals, say`${value}`)}\n${included}theorem ${t} : ${f} = ${f} := rfl\nend`;
  return { tree, declares: nothingToUse(f, t) };
}

/** A definition with local ones behind it, recursive ones among them. */
function withWhere(context: Context): Draft | undefined {
  const { random, terms, size } = context;
  const [f, t] = [context.name('f'), context.name('t')];
  const result = random.pick([Nat, named('Bool'), terms.type(2)]);
  const argument = terms.type(2);
  const base = terms.term(result, [], size >> 1);
  const go = [
    { name: '(go m)', type: result },
    { name: 'm', type: Nat },
  ];
  const step = terms.term(result, go, size >> 1);
  const body = terms.term(
    result,
    [
      { name: '(go 3)', type: result },
      { name: 'x', type: argument },
    ],
    size >> 1,
  );
  if (base === undefined || step === undefined || body === undefined) return undefined;
  const about = random.chance(0.5)
    ? say`\ntheorem ${t} : ${f}.go 0 = ${base} := ${random.pick(['rfl', `by simp [${f}.go]`])}`
    : say``;
  return {
    tree: say`def ${f} (x : ${argument}) : ${result} := ${body}\nwhere\n  go : Nat → ${result}\n    | 0 => ${base}\n    | m + 1 => ${step}${about}`,
    declares: [valueEntry(f, result, [argument]), valueEntry(`${f}.go`, result, [Nat]), ...nothingToUse(t)],
  };
}

/** An attribute set on something that was declared before. */
function attribute(context: Context): Draft | undefined {
  const { random, scope } = context;
  const values = scope.own('value').filter(({ constructor }) => !constructor);
  if (values.length === 0) return undefined;
  const { name } = random.pick(values);
  const kind = random.chance(0.3) ? 'local ' : '';
  const set = random.pick(['simp', 'reducible', 'irreducible', 'inline', 'semireducible', 'grind =']);
  const [t, f] = [context.name('t'), context.name('f')];
  const tree = random.pick([
    say`attribute [${kind}${set}] ${ref(name)}`,
    say`attribute [${random.pick(['reducible', 'irreducible', 'simp'])}] ${ref(name)} in\ntheorem ${t} : ${name} = ${name} := rfl`,
    say`@[deprecated ${ref(name)} (since := "2026-01-01")] abbrev ${f} := @${name}`,
  ]);
  return { tree, declares: nothingToUse(t, f) };
}

/** A declaration under options that change how it is elaborated or checked. */
function option(context: Context): Draft {
  const { random, terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const [f, t] = [context.name('f'), context.name('t')];
  const set = random.pick([
    'autoImplicit true',
    'relaxedAutoImplicit false',
    'pp.all true',
    'smartUnfolding false',
    'maxRecDepth 700',
    'backward.isDefEq.lazyWhnfCore false',
    'Elab.async false',
    'debug.byAsSorry false',
    'exponentiation.threshold 5',
    'structureDiamondWarning false',
    'bootstrap.inductiveCheckResultingUniverse true',
    'compiler.extract_closed false',
    'genInjectivity true',
    'linter.all true',
  ]);
  const proof = random.pick(['rfl', 'by rfl', 'by simp', 'by constructor']);
  return {
    tree: say`set_option ${set} in\ndef ${f} : ${type} := ${value}\nset_option ${set} in\ntheorem ${t} : (${value} : ${type}) = ${value} := ${proof}`,
    declares: [valueEntry(f, type), ...nothingToUse(t)],
  };
}

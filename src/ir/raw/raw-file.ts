/**
 * Declarations as a Lean file that builds them by Lean's own constructors and gives them to its kernel one by one:
 * what no Lean text says, or what the elaborator would change, is said so. It uses only what is spelled alike from
 * 4.28 to 4.36.
 */
import { asLine } from '../../util/printable.js';
import { declaredNames, type BareQuotient, type Declaration, type Definition } from '../declaration.js';
import { expressionsOf } from '../mentioned.js';
import { nameParts, type Name } from '../name.js';
import { listing } from '../print.js';
import { leanName, Unsayable } from '../print-expr.js';
import { call, fields, laidOut, list, type Term } from './layout.js';
import { nameTerm } from './names.js';
import { TermWriter } from './terms.js';

export interface RawFileOptions {
  /** Lean text that stands before the declarations: no imports, and no words of ours. */
  readonly before?: string;
  /** The constant whose axioms are asked for; by default what was declared last. */
  readonly constant?: Name | undefined;
}

/** Characters of a listing that stands above its declaration. */
const listingRoom = 1200;
/** Names of terms up to which Lean's bound on nesting is enough for their definition. */
const namesRoom = 50;

/** The file. Each declaration is a definition and a command, so that one that is refused does not end it. */
export function rawFile(declarations: readonly Declaration[], options: RawFileOptions = {}): string {
  const space = freeNamespace(declarations, options.before ?? '');
  const last = declarations.flatMap((one) => declaredNames(one).slice(0, 1)).at(-1);
  const constant = options.constant ?? last;
  const blocks = [
    '-- Each declaration is built as a value and given to the kernel; for a native Lean, 4.28 to 4.36.\nimport Lean',
    ...(options.before === undefined ? [] : [options.before.trimEnd()]),
    `open Lean Elab Command\n\n-- The kernel is to answer at once.\nset_option Elab.async false\n\nnamespace ${space}`,
    ...declarations.map((declaration, at) => block(declaration, `declaration${at + 1}`)),
    `end ${space}`,
    ...(constant === undefined ? [] : [axiomsOf(constant)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** A namespace that no name in the declarations begins with. */
function freeNamespace(declarations: readonly Declaration[], before: string): string {
  const taken = new Set(
    declarations.flatMap((one) => declaredNames(one).map((name) => String(nameParts(name)[0] ?? ''))),
  );
  let space = 'Raw';
  while (taken.has(space) || before.includes(space)) space += '_';
  return space;
}

function block(declaration: Declaration, name: string): string {
  const built = declaration.kind === 'bare quotient' ? declaration.equality : declaration;
  const writer = new TermWriter(expressionsOf(built));
  const named = writer.named();
  const text = listing([declaration]).trimEnd();
  const comment = text.length > listingRoom ? [] : text.split('\n').flatMap(commented);
  const deep = named.length > namesRoom ? [`set_option maxRecDepth ${named.length * 20} in`] : [];
  return [
    ...comment,
    ...deep,
    `def ${name} : Declaration :=`,
    ...named.map((one) => laidOut(one.term, `  let ${one.name} : Expr := `, 2)),
    laidOut(declarationTerm(built, writer), '  ', 2),
    ...(built === declaration ? [`run_cmd liftCoreM (addDecl ${name})`] : quotientOver(name)),
  ].join('\n');
}

/** Commands that declare quotients in an environment with nothing but an equality. */
function quotientOver(equality: string): string[] {
  return [
    'run_cmd liftCoreM do',
    '  let empty ← mkEmptyEnvironment',
    '  discard <| ofExceptKernelException do',
    `    let bare ← empty.toKernelEnv.addDecl {} ${equality}`,
    '    bare.addDecl {} .quotDecl',
  ];
}

function commented(line: string): string[] {
  if (line === '') return [];
  return [line.startsWith('--') ? asLine(line) : `-- ${asLine(line)}`];
}

function declarationTerm(declaration: Exclude<Declaration, BareQuotient>, writer: TermWriter): Term {
  switch (declaration.kind) {
    case 'axiom':
      return call('.axiomDecl', valued(writer, declaration, [['isUnsafe', String(declaration.unsafe)]]));
    case 'definition':
      return call('.defnDecl', definition(writer, declaration));
    case 'theorem':
      return call('.thmDecl', valued(writer, declaration));
    case 'opaque':
      return call('.opaqueDecl', valued(writer, declaration, [['isUnsafe', String(declaration.unsafe)]]));
    case 'quotient':
      return '.quotDecl';
    case 'mutual': {
      const all = list(declaration.definitions.map(({ name }) => nameTerm(name)));
      return call(
        '.mutualDefnDecl',
        list(declaration.definitions.map((one) => definition(writer, one, [['all', all]]))),
      );
    }
    case 'inductive': {
      const types = declaration.types.map(({ name, type, constructors }) =>
        fields([
          ...headed(writer, name, type),
          ['ctors', list(constructors.map((one) => fields(headed(writer, one.name, one.type))))],
        ]),
      );
      const { levelParams, parameters, unsafe } = declaration;
      const params = list(levelParams.map(nameTerm));
      return call('.inductDecl', params, String(parameters), list(types), String(unsafe));
    }
  }
}

type Field = readonly [string, Term];

function headed(writer: TermWriter, name: Name, type: Parameters<TermWriter['term']>[0]): Field[] {
  return [
    ['name', nameTerm(name)],
    ['type', writer.term(type)],
  ];
}

function valued(
  writer: TermWriter,
  declaration: Pick<Definition, 'name' | 'levelParams' | 'type'> & Partial<Pick<Definition, 'value'>>,
  more: readonly Field[] = [],
): Term {
  const { name, levelParams, type, value } = declaration;
  return fields([
    ['name', nameTerm(name)],
    ['levelParams', list(levelParams.map(nameTerm))],
    ['type', writer.term(type)],
    ...(value === undefined ? [] : [['value', writer.term(value)] as const]),
    ...more,
  ]);
}

function definition(writer: TermWriter, declaration: Definition, more: readonly Field[] = []): Term {
  const { hint, safety } = declaration;
  const height: Term =
    typeof hint === 'number'
      ? call('.regular', String(hint))
      : { opaque: '.opaque', abbreviation: '.abbrev' }[hint];
  return valued(writer, declaration, [['hints', height], ['safety', `.${safety}`], ...more]);
}

function axiomsOf(constant: Name): string {
  try {
    return `#print axioms ${leanName(constant)}`;
  } catch (error) {
    if (!(error instanceof Unsayable)) throw error;
    const asked = laidOut(call('collectAxioms', nameTerm(constant)), '  let axioms ← ', 2);
    return `run_cmd liftCoreM do\n${asked}\n  logInfo m!"axioms: {axioms}"`;
  }
}

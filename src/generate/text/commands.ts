import { docMark, mask } from './mask.js';

/** One command of a Lean file: what begins with a keyword at the start of a line, and what stands before it for it. */
export interface Command {
  /** The keyword: `theorem`, `instance`, `namespace`, ...; "" for text that begins with none. */
  readonly keyword: string;
  readonly text: string;
  /** The text without comments and literals, see mask.ts. */
  readonly masked: string;
  /** `scoped` or `local`: it means something in its own scope only. */
  readonly isLocal: boolean;
}

/** Keywords that begin a command. Others (of a grammar's own syntax) stay with the command before them. */
const keywords = [
  ...['def', 'theorem', 'lemma', 'abbrev', 'example', 'instance', 'opaque', 'axiom', 'alias', 'mutual'],
  ...['inductive', 'coinductive', 'structure', 'class', 'deriving', 'simproc', 'simproc_decl'],
  ...['namespace', 'section', 'end', 'open', 'export', 'variable', 'universe', 'set_option', 'attribute'],
  ...['include', 'omit', 'import', 'module', 'prelude', 'initialize', 'builtin_initialize', 'run_cmd'],
  ...['notation', 'infix', 'infixl', 'infixr', 'prefix', 'postfix', 'macro', 'macro_rules', 'syntax'],
  ...['elab', 'elab_rules', 'declare_syntax_cat', 'unif_hint', 'add_decl_doc', 'grind_pattern', 'run_meta'],
];
const modifiers = 'private|protected|public|noncomputable|unsafe|partial|nonrec|scoped|local|meta|unseal';

/** The start of a command: doc comment, attributes and modifiers, then the keyword; it begins in column 0. */
const commandStart = new RegExp(
  `^(?=\\S)(?:${docMark}\\s*)?((?:@\\[[^\\]]*\\]\\s*|(?:${modifiers})\\s+)*)(${keywords.join('|')}|#[a-z_]+)(?![\\p{L}\\p{N}_.'!?])`,
  'gmu',
);

/** A Lean file as its commands, in order. Never fails: what is no Lean text becomes a command without keyword. */
export function commandsOf(text: string): Command[] {
  const masked = mask(text);
  const starts = commandStarts(masked);
  const commands: Command[] = [];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1]?.at ?? text.length;
    const body = masked.slice(start.at, end);
    if (body.trim() === '') continue;
    const kept = body.trimEnd().length;
    commands.push({
      keyword: start.keyword,
      text: text.slice(start.at, start.at + kept),
      masked: body.slice(0, kept),
      isLocal: start.isLocal,
    });
  }
  return joinMutual(commands);
}

interface Start {
  at: number;
  keyword: string;
  isLocal: boolean;
}

function commandStarts(masked: string): Start[] {
  const starts: Start[] = [{ at: 0, keyword: '', isLocal: false }];
  for (const { index: at, 1: before = '', 2: keyword = '' } of masked.matchAll(commandStart)) {
    const previous = starts.at(-1);
    const isPrefixed = previous !== undefined && /\sin\s*$/.test(masked.slice(previous.at, at));
    if (isPrefixed && isScopeChange(previous.keyword)) previous.keyword = keyword;
    else starts.push({ at, keyword, isLocal: /\b(scoped|local)\b/.test(before) });
  }
  return starts;
}

/** Whether a command can stand before another one, as in `open Nat in theorem ...`. */
function isScopeChange(keyword: string): boolean {
  return ['open', 'set_option', 'variable', 'universe', 'attribute', 'include', 'omit'].includes(keyword);
}

/** A mutual block is one command, up to its `end`. */
function joinMutual(commands: readonly Command[]): Command[] {
  const joined: Command[] = [];
  let open: Command | undefined;
  for (const command of commands) {
    if (open === undefined && command.keyword !== 'mutual') joined.push(command);
    else if (open === undefined) open = command;
    else {
      open = { ...open, text: `${open.text}\n${command.text}`, masked: `${open.masked}\n${command.masked}` };
      if (command.keyword !== 'end') continue;
      joined.push(open);
      open = undefined;
    }
  }
  return open === undefined ? joined : [...joined, open];
}

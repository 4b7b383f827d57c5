/**
 * Slims the package's emscripten glue (89 MB of JavaScript, nearly all of it one variable per export) to the
 * part that the runtime itself uses, and turns it into a CommonJS module that is a function of `Module`.
 * Every edit must find its place exactly once: a glue that has changed is refused, never half-patched.
 */
export function slimGlue(source: string): string {
  let glue = dropUnusedExportVariables(source);
  for (const [what, from, to] of edits) {
    const at = glue.indexOf(from);
    if (at < 0 || glue.indexOf(from, at + 1) >= 0) throw new Error(`lean.js: no single place for "${what}"`);
    glue = glue.slice(0, at) + to + glue.slice(at + from.length);
  }
  glue = glue.replaceAll('console.log("[DEBUG:', 'void("[DEBUG:'); // the package was built with debug prints
  return `module.exports = function bootLean(Module) {\n${glue}\n};\n`;
}

const edits: readonly (readonly [what: string, from: string, to: string])[] = [
  ['take Module from the caller', 'var Module=typeof Module!="undefined"?Module:{};', ''],
  [
    'output goes where the caller says',
    'var out=defaultPrint;var err=defaultPrintErr;',
    'var out=Module.print;var err=Module.printErr;',
  ],
  // The zygote must stay without threads, or it can't be forked.
  ['no thread pool', 'var pthreadPoolSize=4;', 'var pthreadPoolSize=0;'],
  [
    'hand out the raw exports',
    'wasmExports=instance.exports;',
    'wasmExports=instance.exports;Module.exported=wasmExports;',
  ],
  // Two reasons. The search over all export names, once for each of 4,106 lookups, took three minutes of an
  // import. And the table searched also holds emscripten's JavaScript library, with emscripten_run_script (eval):
  // Lean code can name any symbol with @[extern], so only the module's own exports may be found.
  [
    'look symbols up directly, among the own exports only',
    'newSymIndex=Object.keys(lib.exports).indexOf(symbol);',
    'newSymIndex=Object.hasOwn(Module.exported,symbol)?0:-1;',
  ],
  // Every export got a slot in the function table, though only those in the global offset table need one.
  [
    'no table slots for exports that nothing refers to',
    'for(var symName in exports){if(isInternalSym(symName)){continue}var value=exports[symName];var existingEntry',
    'for(var symName in exports){if(isInternalSym(symName)||!(symName in GOT)){continue}var value=exports[symName];var existingEntry',
  ],
];

/** The identifiers that the runtime's own code mentions decide which export variables stay. */
function dropUnusedExportVariables(source: string): string {
  const assign = source.indexOf('function assignWasmExports(wasmExports){');
  const assignEnd = source.indexOf('}var wasmImports;function assignWasmImports', assign);
  const declare = source.lastIndexOf('var _main,', assign);
  if (assign < 0 || assignEnd < 0 || declare < 0)
    throw new Error('lean.js: the list of exports is not where it was');

  const used = new Set((source.slice(0, declare) + source.slice(assignEnd)).match(/[A-Za-z_$][\w$]*/g));
  const assignments = source.slice(source.indexOf('{', assign) + 1, assignEnd).split(';');
  const keptAssignments = assignments.filter((statement) => {
    const name = /^([\w$]+)=(?:Module\["[^"]*"\]=)?wasmExports/.exec(statement)?.[1];
    return name === undefined || used.has(name);
  });
  const declarations = source
    .slice(declare + 'var '.length, assign)
    .replace(/;\s*$/, '')
    .split(',');
  const keptDeclarations = declarations.filter((name) => used.has(name));
  return (
    `${source.slice(0, declare)}var ${keptDeclarations.join(',')};` +
    `function assignWasmExports(wasmExports){${keptAssignments.join(';')}${source.slice(assignEnd)}`
  );
}

/** The exports that the glue itself asks for by name. */
export function exportsUsedByGlue(glue: string): Set<string> {
  return new Set([...glue.matchAll(/wasmExports\["([^"]+)"\]/g)].map((match) => match[1] ?? ''));
}

/** The entry point of the process that exports what the embedded Lean has imported; see own-process.ts. */
import { writeSync } from 'node:fs';
import { NdjsonWriter } from '../../kernel/export/writer.js';
import { embeddedRelease } from '../../util/lean-release.js';
import { packageVersion } from '../../util/package.js';
import { Constants } from './constants.js';
import type { ExportedLibrary } from './export-library.js';
import { importedDeclarations } from './imported-constants.js';
import { KernelObjects } from './kernel-objects.js';
import { KernelReader } from './kernel-reader.js';
import { taskFileFd } from './own-process.js';
import { serveTask } from './own-process-main.js';

/** Characters that are written at once. */
const chunk = 1 << 20;

await serveTask(({ heap, environment }, onStep): ExportedLibrary => {
  const kernelEnvironment = heap.exports.lean_elab_environment_to_kernel_env(heap.inc(environment));
  const constants = new Constants(heap, new KernelObjects(heap), environment, kernelEnvironment);
  const counts = { declarations: 0, constants: 0, withoutValue: 0 };
  let text = '';
  const write = (line: string): void => {
    text += `${line}\n`;
    if (text.length < chunk) return;
    writeAll(text);
    text = '';
  };
  const writer = new NdjsonWriter(write, { version: packageVersion, lean: embeddedRelease });
  const all = importedDeclarations(heap, constants, new KernelReader(heap), kernelEnvironment);
  for (const imported of all) {
    if (counts.declarations++ % 1000 === 0)
      onStep(`exporting, ${counts.declarations - 1} declarations so far`);
    switch (imported.kind) {
      case 'plain': {
        const { declaration } = imported;
        writer.plain(declaration);
        counts.constants += declaration.kind === 'mutual' ? declaration.definitions.length : 1;
        if (declaration.kind === 'axiom' && !constants.isOriginalAxiom(declaration.name))
          counts.withoutValue++;
        break;
      }
      case 'inductive':
        writer.inductive(imported.constants, imported.declaration.unsafe);
        counts.constants += imported.constants.length;
        break;
      case 'quotient':
        writer.quotient(imported.constants);
        counts.constants += imported.constants.length;
    }
  }
  writeAll(text);
  return { ...counts, odd: writer.takeOdd() };
});

function writeAll(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(taskFileFd, bytes, at);
}

/** The entry point of the process in which the embedded Lean's kernel judges a file; see own-process.ts. */
import { declaredNames } from '../../ir/declaration.js';
import { answerOf } from '../../kernel/import/declared-lines.js';
import { Lines } from '../../kernel/import/lines.js';
import { declarationsIn } from '../../kernel/import/read-file.js';
import { saidOf } from '../../util/answer.js';
import { classifyFailure } from './failure.js';
import { GrowingKernel } from './growing-kernel.js';
import type { JudgedFile, RefusedDeclaration } from './judge-file.js';
import { taskFileFd } from './own-process.js';
import { serveTask } from './own-process-main.js';

await serveTask((lean, onStep): JudgedFile => {
  const kernel = new GrowingKernel(lean);
  const refused: RefusedDeclaration[] = [];
  const lines = new Lines(taskFileFd);
  let declarations = 0;
  const judged = (rest: Partial<JudgedFile> = {}): JudgedFile => ({
    ...{ declarations, refused, micros: Math.round(kernel.micros) },
    ...rest,
  });
  try {
    for (const { declaration, line } of declarationsIn(lines)) {
      const at = declarations++;
      if (at % 1000 === 0) onStep(`asking the embedded Lean, ${at} declarations so far`);
      const name = declaredNames(declaration)[0] ?? '';
      try {
        const refusal = kernel.add(declaration);
        if (refusal !== null) refused.push({ at, line, name, refusal });
      } catch (error) {
        const { kind, message } = classifyFailure(error, lean.output.lastLine, lean.heap);
        return judged({ lost: { at, line, name, why: `${kind}: ${message}` } });
      }
      if (!lean.stack.intact())
        return judged({ lost: { at, line, name, why: 'the C stack ran into its canary' } });
    }
    return judged();
  } catch (error) {
    return judged({ unreadable: saidOf(`line ${lines.at}`, answerOf(error)) });
  }
});

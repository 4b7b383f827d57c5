import { describeLean, type Lean } from '../../api/lean.js';
import { withLean } from '../../campaign/offline/with-lean.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import { listNativeLeans, type ListedLean } from '../../execute/native/known-leans.js';
import { findLean } from '../../execute/native/toolchain.js';
import { encode } from '../../ir/encode.js';
import { sort } from '../../ir/expr.js';
import { levelOf } from '../../ir/level.js';
import { messageOf } from '../../util/errors.js';

/** One thing that was looked at. `bad` things keep lean-fuzz from working, `missing` ones only limit it. */
export interface Check {
  readonly state: 'ok' | 'missing' | 'bad';
  readonly text: string;
}

/** Every native Lean that is here, each tried, and which one `--lean auto` would be. */
export async function checkNativeLeans(
  signal: AbortSignal,
): Promise<readonly (readonly [name: string, check: Check])[]> {
  const checks: (readonly [string, Check])[] = [];
  let listed: readonly ListedLean[];
  try {
    listed = await listNativeLeans();
  } catch (error) {
    return [['native Leans', { state: 'bad', text: messageOf(error) }]];
  }
  for (const { name, names, lean } of listed) {
    const { state, text }: Check =
      'problem' in lean ? { state: 'missing', text: messageOf(lean.problem) } : await tryLean(lean, signal);
    checks.push([`Lean ${name}`, { state, text: `${text}; --lean ${names.join(' or ')}` }]);
  }
  if (checks.length === 0)
    checks.push([
      'native Leans',
      { state: 'missing', text: 'no toolchain of elan, and none was fetched; only the embedded Lean' },
    ]);
  return [...checks, ['--lean auto', await checkAutomatic()]];
}

async function checkAutomatic(): Promise<Check> {
  try {
    const { lean, notes } = await findLean('auto');
    return { state: 'ok', text: [describeLean(lean), ...notes].join('; ') };
  } catch (error) {
    return { state: 'bad', text: messageOf(error) };
  }
}

/** Boots a native Lean and asks its kernel for an answer of each kind. */
async function tryLean(lean: Lean, signal: AbortSignal): Promise<Check> {
  const start = performance.now();
  try {
    const overrides = await zygoteOf(lean, { level: 'kernel', mutant: null });
    const answers = await withLean(overrides, { signal }, async (executor) => {
      const steps = [definition('good', 1, 0), definition('bad', 0, 0)];
      const [execution] = await executor.run([{ level: 'kernel', steps, claims: [] }]);
      if (execution === undefined) return [];
      const { end } = execution;
      if (end.kind !== 'finished') throw new Error(`${end.kind}: ${end.message}`);
      return execution.steps.map(({ outcome }) => outcome.kind === 'accepted');
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const isRight = answers.length === 2 && answers[0] === true && answers[1] === false;
    const tried = isRight
      ? `booted, forked, accepted a definition and refused an ill-typed one in ${seconds} s`
      : `booted, but gave the answers ${JSON.stringify(answers)} to a good and an ill-typed definition`;
    const oleans = 'hasOleans' in lean && !lean.hasOleans ? '; no compiled modules' : '';
    return { state: isRight ? 'ok' : 'missing', text: `${describeLean(lean)}: ${tried}${oleans}` };
  } catch (error) {
    signal.throwIfAborted();
    return { state: 'missing', text: `${describeLean(lean)}: ${messageOf(error)}` };
  }
}

/** `def name : Sort type := Sort value`, which is right where the type is one level above the value. */
function definition(name: string, type: number, value: number): { kind: 'declaration'; words: Uint32Array } {
  const words = encode([
    {
      ...{ kind: 'definition', name: `doctor.${name}`, levelParams: [], hint: 0, safety: 'safe' },
      type: sort(levelOf(type)),
      value: sort(levelOf(value)),
    },
  ]);
  return { kind: 'declaration', words };
}

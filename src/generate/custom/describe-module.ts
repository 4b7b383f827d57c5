import { invalid } from '../../util/errors.js';
import { hookNames, type Ready } from './protocol.js';
import { inputLevels } from '../../api/execution.js';

/** Names that the built-in mutators could have as well are told apart by this in front. */
const namePattern = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** The description of a module's default export. UserError (2) where it is no mutator. */
export function describeModule(file: string, value: unknown): Ready {
  const refuse = (got: unknown, expected: string): never => {
    throw invalid(`mutator ${file}`, got ?? String(got), expected);
  };
  if (typeof value !== 'object' || value === null) return refuse(value, 'defineMutator({ name, ...hooks })');
  const { name, levels, weight, havocProbability, ...rest } = value as Partial<Record<string, unknown>>;
  if (typeof name !== 'string' || !namePattern.test(name))
    return refuse(name, 'a name of lower-case letters, digits and -, at most 32');
  const known = new Set<string>([...hookNames, 'init', 'describe', 'deinit']);
  for (const [hook, implementation] of Object.entries(rest)) {
    if (!known.has(hook)) refuse(hook, `one of the hooks ${[...known].join(', ')}`);
    if (typeof implementation !== 'function') refuse(implementation, `a function as ${hook}`);
  }
  const hooks = hookNames.filter((hook) => rest[hook] !== undefined);
  if (hooks.length === 0) refuse('no hooks', `at least one of ${hookNames.join(', ')}`);
  const isLevels = Array.isArray(levels) && levels.length > 0 && levels.every(isLevel);
  if (levels !== undefined && !isLevels) refuse(levels, 'levels: a list of source and kernel');
  if (weight !== undefined && !(typeof weight === 'number' && weight > 0 && weight < Infinity))
    refuse(weight, 'a weight above 0');
  if (havocProbability !== undefined && !isProbability(havocProbability))
    refuse(havocProbability, 'a havocProbability from 0 to 1');
  return {
    type: 'ready',
    name,
    hooks,
    levels: (levels as Ready['levels'] | undefined) ?? inputLevels,
    weight: (weight as number | undefined) ?? 5,
    havocProbability: (havocProbability as number | undefined) ?? 0.06,
  };
}

function isLevel(level: unknown): boolean {
  return inputLevels.some((one) => one === level);
}

function isProbability(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

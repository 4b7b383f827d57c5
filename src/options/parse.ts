import { invalid, never } from '../util/errors.js';
import type { Form } from './kinds.js';

/** An option's value as an integer of [low, high]; the error names the option, the value and what was expected. */
export function integer(option: string, value: string, low: number, high: number): number {
  const number = /^-?\d+$/.test(value) ? Number(value) : NaN;
  if (number >= low && number <= high) return number;
  throw invalid(option, value, `a whole number from ${low} to ${high}`);
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** An option's value as a time in milliseconds: a number with ms, s, m, h or d; a bare number is seconds. 0 is none. */
export function milliseconds(option: string, value: string, orNone = false): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(value);
  const millis = match === null ? NaN : Number(match[1]) * (units[match[2] ?? 's'] ?? 0);
  if (millis > 0 || (orNone && millis === 0)) return millis;
  throw invalid(option, value, `a time such as 90s, 10m or 2h${orNone ? ', or 0 for none' : ''}`);
}

/** A value as the command line or a variable has it; what it may be is checked with all the others. */
export function fromWords(form: Form, name: string, value: unknown): unknown {
  switch (form.is) {
    case 'whole':
      return integer(name, String(value), form.low, form.high);
    case 'time':
      return milliseconds(name, String(value), form.orNone);
    case 'word':
      return value === true ? form.alone : value;
    case 'path':
    case 'engine':
    case 'paths':
    case 'words':
    case 'program':
    case 'switch':
    case 'object':
      return value;
    default:
      return never(form);
  }
}

import { existsSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { closest } from '../util/closest.js';
import { invalid } from '../util/errors.js';
import { readBounded } from '../util/files.js';
import type { Form } from './kinds.js';
import type { Setting } from './named.js';
import { optionEntries, variablesOf } from './option-table.js';
import { fromWords } from './parse.js';

/** Bytes of a `.env` that is read. */
const mostBytes = 1 << 20;

const prefix = 'LEAN_FUZZ_';

/** Variables that are no options: of the machine, of tests, and of one process of ours for another. */
const ofOthers = /^LEAN_FUZZ_(CACHE|ADDON|LEAN_PACKAGE|HOST_STACK|LONG|FAULTS\w*|TEST_\w+)$/;

/** Options that the environment names, and notes on variables that name none. */
export interface Environment {
  readonly settings: readonly Setting[];
  /** Notes for the user, a line each: variables with our prefix that are no option's. */
  readonly notes: readonly string[];
}

/**
 * The options that variables name, in the environment or else in a file `.env` in the current folder. UserError (2)
 * that names the variable, its value and what was expected.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env, envFile = '.env'): Environment {
  const fromFile = existsSync(envFile) ? parseEnv(readBounded(envFile, mostBytes).toString()) : {};
  const all: Readonly<Record<string, string | undefined>> = { ...fromFile, ...environment };
  const settings = optionEntries.flatMap(([key, entry]): Setting[] => {
    const { form } = entry.kind;
    const variable = variablesOf(entry).find((one) => (all[one] ?? '') !== '');
    if (variable === undefined) return [];
    const name = environment[variable] === undefined ? `${envFile}: ${variable}` : variable;
    return [{ key, name, from: 'environment', value: fromVariable(form, name, all[variable] ?? '') }];
  });
  const names = optionEntries.flatMap(([, entry]) => variablesOf(entry));
  const strangers = Object.keys(all).filter(
    (name) => name.startsWith(prefix) && !names.includes(name) && !ofOthers.test(name),
  );
  return { settings, notes: strangers.map((name) => noteOn(name, names)) };
}

function noteOn(name: string, names: readonly string[]): string {
  const own = names.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  const meant = closest(name.slice(prefix.length), own);
  return `${name} is no variable of lean-fuzz${meant === undefined ? '' : `; did you mean ${prefix}${meant}?`}`;
}

const switches: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'on', 'yes'].map((word) => [word, true] as const),
  ...['false', '0', 'off', 'no'].map((word) => [word, false] as const),
]);

/** A variable's text as its option's value; a list is one of its values, or all as JSON. */
function fromVariable(form: Form, name: string, text: string): unknown {
  switch (form.is) {
    case 'switch': {
      const said = switches.get(text.toLowerCase());
      if (said === undefined) throw invalid(name, text, 'true or false');
      return said;
    }
    case 'paths':
    case 'words':
      return listIn(name, text);
    default:
      return fromWords(form, name, text);
  }
}

function listIn(name: string, text: string): unknown {
  if (!text.startsWith('[')) return [text];
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(name, text, 'one value, or a list of them as JSON');
  }
}

import { resolve } from 'node:path';
import { z } from 'zod';
import type { KernelMutantName } from '../api/campaign.js';
import { checkerIn, checkersOf } from '../api/checker.js';
import { parseAddress } from './address.js';
import { readAddress } from '../util/engine-address.js';
import { isExecutable } from '../util/find-program.js';

/** How a value is written on a command line, and how two terminals compare it. */
export type Form =
  /** A number within bounds, both included. */
  | { readonly is: 'whole'; readonly low: number; readonly high: number }
  /** A span of time, kept as milliseconds; 0 only where that means none. */
  | { readonly is: 'time'; readonly orNone?: true }
  /** A word, of `words` where those are all; `alone` is meant where the flag stands without one. */
  | { readonly is: 'word'; readonly alone?: string; readonly words?: readonly string[] }
  | { readonly is: 'path' }
  /** A flag that may be given again. */
  | { readonly is: 'paths' }
  /** A word; the flag may be given again. */
  | { readonly is: 'words' }
  /** A name that is looked for on the PATH, or a path. */
  | { readonly is: 'program' }
  /** An address, whose password is never shown. */
  | { readonly is: 'engine' }
  | { readonly is: 'switch' }
  /** A value that only a program can give. */
  | { readonly is: 'object' };

/** The values that an option may have. */
export interface Kind<T, F extends Form = Form> {
  /** Checks a value; what comes out is kept. */
  readonly schema: z.ZodType<T>;
  /** The values in words, for messages and docs/options.md. */
  readonly expected: string;
  readonly form: F;
}

/** Whole numbers from low to high. */
export function whole(low: number, high: number): Kind<number, Extract<Form, { is: 'whole' }>> {
  return {
    schema: z.int().min(low).max(high),
    expected: `a whole number from ${low} to ${high}`,
    form: { is: 'whole', low, high },
  };
}

/** One of a few words; `alone` is the one that is meant by the flag without a word. */
export function oneOf<T extends string>(values: readonly [T, ...T[]], alone?: T): Kind<T> {
  const expected = [values.slice(0, -1).join(', '), ...values.slice(-1)]
    .filter((part) => part !== '')
    .join(' or ');
  const form = { is: 'word', words: values, ...(alone === undefined ? {} : { alone }) } as const;
  return { schema: z.enum(values), expected, form };
}

/** Milliseconds. */
export const millis: Kind<number> = {
  schema: z.number().min(1),
  expected: 'a number of milliseconds from 1',
  form: { is: 'time' },
};

/** Milliseconds, or 0 for none. */
export const millisOrNone: Kind<number> = {
  schema: z.number().min(0),
  expected: 'a number of milliseconds from 0',
  form: { is: 'time', orNone: true },
};

/** A text that is not empty. */
export const text: Kind<string> = {
  schema: z.string().min(1),
  expected: 'a text that is not empty',
  form: { is: 'word' },
};

/** A file or folder. */
export const path: Kind<string> = { schema: z.string().min(1), expected: 'a path', form: { is: 'path' } };

/** Where an engine that machines share is. */
export const engineAddress: Kind<string> = {
  schema: z.string().refine((address) => readAddress(address) !== undefined),
  expected: 'redis://[USER:PASSWORD@]HOST[:PORT][/DB][?campaign=NAME], or rediss:// for TLS',
  form: { is: 'engine' },
};

/** Several files or folders. */
export const paths: Kind<readonly string[]> = {
  schema: z.array(z.string().min(1)).readonly(),
  expected: 'a list of paths',
  form: { is: 'paths' },
};

/** Several texts. */
export const texts: Kind<readonly string[]> = {
  schema: z.array(z.string().min(1)).readonly(),
  expected: 'a list of texts that are not empty',
  form: { is: 'words' },
};

/** Other kernels. */
export const checkers: Kind<readonly string[]> = {
  schema: z
    .array(z.string().refine((one) => checkerIn(one) !== undefined))
    .refine((all) => new Set(checkersOf(all).map(({ name }) => name)).size === all.length)
    .readonly(),
  expected: 'NAME=COMMAND, each NAME once',
  form: { is: 'words' },
};

/** A program that is there; it is kept by its full path. */
export const program: Kind<string> = {
  schema: z
    .string()
    .refine((name) => name !== '' && isExecutable(name))
    .transform((name) => resolve(name)),
  expected: 'a program',
  form: { is: 'path' },
};

/** A program that is looked for when it is needed. */
export const programName: Kind<string> = {
  schema: z.string().min(1),
  expected: 'a program on the PATH, or its path',
  form: { is: 'program' },
};

const mutantName = /^(positivity|prop-projection|[\w$.]+\+0x[0-9a-fA-F]{1,7}(:(invert|always|never))?)$/;

/** A planted kernel bug. */
export const mutant: Kind<KernelMutantName> = {
  schema: z.custom<KernelMutantName>((value) => typeof value === 'string' && mutantName.test(value)),
  expected: 'positivity, prop-projection, or SYMBOL+0xOFFSET[:always|:never] of a branch of a native kernel',
  form: { is: 'word' },
};

/** Yes or no. */
export const onOff: Kind<boolean> = {
  schema: z.boolean(),
  expected: 'true or false',
  form: { is: 'switch' },
};

/** Where something listens; `alone` is the place that is meant by the flag without one. */
export function address(alone?: string): Kind<string> {
  return {
    schema: z.string().refine((one) => parseAddress(one) !== undefined),
    expected: 'a port, HOST:PORT or [HOST]:PORT',
    form: alone === undefined ? { is: 'word' } : { is: 'word', alone },
  };
}

/** A signal that ends a campaign early. */
export const abortSignal: Kind<AbortSignal> = {
  schema: z.instanceof(AbortSignal),
  expected: 'an AbortSignal',
  form: { is: 'object' },
};

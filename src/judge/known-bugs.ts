/** The known bugs of Lean's kernels: one table, `known/bugs.json`, which everything reads that says "known". */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { restatementNames, shapes, type Shape, type Signature } from '../api/signature.js';
import { failureKinds } from '../api/execution.js';
import { brokenRules } from '../ir/typing-rules.js';
import { messageOf, never, unusable } from '../util/errors.js';
import { packageRoot } from '../util/package.js';
import { atLeastRelease } from '../util/release.js';

const release = z.string().regex(/^\d+\.\d+\.\d+$/);

/** The effect of a bug, as signatures have it; `says` is a part of what Lean says. */
const mechanism = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('accepts'),
    breaks: z.enum(brokenRules),
    shapes: z.array(z.enum(shapes)).min(1).optional(),
  }),
  z.strictObject({ rule: z.literal('refuses'), says: z.string().min(1) }),
  z.strictObject({
    rule: z.literal('answers otherwise'),
    when: z.enum(restatementNames),
    says: z.string().min(1),
  }),
  z.strictObject({ rule: z.literal('ends'), how: z.enum(failureKinds), says: z.string().min(1) }),
]);

const bug = z.strictObject({
  /** Where it was reported, or the change that mended it; missing where nobody calls it a bug. */
  issue: z.string().optional(),
  /** The first release that does not have it; missing where all have. */
  fixedIn: release.optional(),
  about: z.string().min(1),
  mechanism,
  /** Whether False has been proved by it. */
  provesFalse: z.boolean(),
  /**
   * A smallest case: declarations in flat form, as base64 of 32-bit words, little endian. The last one is what
   * counts.
   */
  words: z.string().optional(),
  /** Leans that were asked about the smallest case. */
  accepted: z.array(release),
  refused: z.array(release),
});
export type KnownBug = z.infer<typeof bug>;

const table = z.strictObject({
  format: z.literal('lean-fuzz known bugs'),
  version: z.literal(1),
  bugs: z.array(bug),
});

let read: readonly KnownBug[] | undefined;

/** The table as it comes with the package. */
export function knownBugs(): readonly KnownBug[] {
  read ??= readTable(join(packageRoot, 'known', 'bugs.json'));
  return read;
}

function whyUnread(error: unknown): string {
  return error instanceof z.ZodError
    ? `${error.issues.length} entries are of another form`
    : messageOf(error);
}

/** The bugs in a file. UserError (78) where it is not what the package brought. */
export function readTable(path: string): readonly KnownBug[] {
  try {
    return table.parse(JSON.parse(readFileSync(path, 'utf8'))).bugs;
  } catch (error) {
    throw unusable(
      'table of known bugs',
      path,
      `the file that comes with lean-fuzz (${whyUnread(error)}); install it again`,
    );
  }
}

/**
 * The bug that a signature is of, on a release that has it; undefined for news. A release that is not known has all.
 */
export function bugBehind(signature: Signature, leanVersion: string): KnownBug | undefined {
  return knownBugs().find((one) => isOn(one, leanVersion) && isOf(one, signature));
}

/** The words of findings and reports for a known bug. */
export function describeBug({ issue, fixedIn, about }: KnownBug): string {
  const head = [
    ...(issue === undefined ? [] : [issue]),
    ...(fixedIn === undefined ? [] : [`fixed in ${fixedIn}`]),
  ];
  return head.length === 0 ? about : `${head.join(', ')}: ${about}`;
}

/** The bugs by which False has been proved: those that a Lean has, and those that it has no more. */
export function bugsOf(leanVersion: string): { readonly has: string[]; readonly mended: string[] } {
  const all = knownBugs().filter(({ provesFalse }) => provesFalse);
  const said = (bugs: readonly KnownBug[]): string[] => {
    const names = [...new Set(bugs.map((one) => one.issue ?? one.about))];
    const alone = names.filter((name) => numbersIn(name).length === 1).flatMap(numbersIn);
    // Of "one or the other", nothing new is said where both are there.
    return names.filter(
      (name) => numbersIn(name).length < 2 || !numbersIn(name).every((one) => alone.includes(one)),
    );
  };
  return {
    has: said(all.filter((one) => isOn(one, leanVersion))),
    mended: said(all.filter((one) => !isOn(one, leanVersion))),
  };
}

/** The numbers of the issues that a text names. */
function numbersIn(text: string): readonly string[] {
  return text.match(/#\d+/g) ?? [];
}

function isOn({ fixedIn }: KnownBug, leanVersion: string): boolean {
  return fixedIn === undefined || !isFrom(leanVersion, fixedIn);
}

/** Whether a version is that release or a later one; false where it is no release. */
export function isFrom(version: string, first: string): boolean {
  const [major = 0, minor = 0, patch = 0] = first.split('.').map(Number);
  return atLeastRelease(version)?.(major, minor, patch) === true;
}

function isOf({ mechanism: known, provesFalse }: KnownBug, { rule, place, proof }: Signature): boolean {
  // A way from it to False that nobody knew is news.
  if (proof !== undefined && !provesFalse) return false;
  const isThere = (inShapes: readonly Shape[] | undefined): boolean =>
    inShapes === undefined || (place.kind === 'declaration' && inShapes.includes(place.shape));
  switch (known.rule) {
    case 'accepts':
      return rule.kind === 'accepts' && rule.breaks === known.breaks && isThere(known.shapes);
    case 'refuses':
      return rule.kind === 'refuses' && rule.says.includes(known.says);
    case 'answers otherwise':
      return rule.kind === 'answers otherwise' && rule.when === known.when && rule.says.includes(known.says);
    case 'ends':
      return rule.kind === 'ends' && rule.how === known.how && rule.says.includes(known.says);
    default:
      return never(known);
  }
}

import { failureKinds } from '../api/execution.js';
import { answersTable } from '../api/lake.js';
import {
  leadClasses,
  madeKinds,
  proofStandings,
  restatementNames,
  shapes,
  type Place,
  type Rule,
  type Signature,
} from '../api/signature.js';
import type { Discovery } from '../api/verdict.js';
import { brokenRules, knowledgeGaps } from '../ir/typing-rules.js';
import { count, list, oneOf, optional, struct, text, variant, type Codec } from '../util/codec.js';

const texts = list(text);
const empty: Codec<object> = struct({});

const rule: Codec<Rule> = variant<'kind', Rule, never, never>('kind', {
  accepts: struct({ breaks: oneOf('rule', [...brokenRules, ...knowledgeGaps]) }),
  refuses: struct({ says: text }),
  makes: struct({ constant: oneOf('kind of constant', madeKinds), what: text }),
  'answers otherwise': struct({ when: oneOf('restatement', restatementNames), says: text }),
  'is disputed': struct({ says: text }),
  'is made otherwise': struct({ constant: oneOf('kind of constant', madeKinds), what: text }),
  'was changed': struct({ change: text }),
  'reduces further': empty,
  'proves False': empty,
  'claims False': struct({ but: text }),
  'is checked': struct({
    row: oneOf(
      'row',
      answersTable.map(({ row }) => row),
    ),
  }),
  ends: struct({ how: oneOf('failure', failureKinds), says: text }),
  'fails a canary': struct({ name: text }),
});

const place: Codec<Place> = variant('kind', {
  declaration: struct({ shape: oneOf('shape', shapes), asked: optional(text) }),
  unit: struct({ of: text }),
  claim: struct({ name: text, on: texts }),
  file: struct({ id: text, of: text }),
  anywhere: empty,
});

/** A signature as it is. */
export const signatureCodec: Codec<Signature> = struct({
  ...{ class: oneOf('class of a lead', leadClasses), rule, place },
  proof: optional(oneOf('standing of a proof', proofStandings)),
});

const suspect = optional(count);

/** A verdict that is worth a finding. */
export const discoveryCodec: Codec<Discovery> = variant('kind', {
  lead: struct({ reasons: texts, signature: signatureCodec, suspect, claim: optional(text) }),
  solution: struct({ reasons: texts, signature: signatureCodec, suspect, claim: text, axioms: texts }),
});

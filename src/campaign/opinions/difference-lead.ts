import type { Finding } from '../../api/entries.js';
import { describeAsked } from '../../api/opinion.js';
import { describeSignature } from '../../api/signature.js';
import { outcomeOf } from '../../judge/ask/job.js';
import { encodeFinding, findingId } from '../../share/entry-codec.js';
import type { AskedLean } from './asked-lean.js';
import type { Differing } from './shrink-difference.js';

/** The lead that a difference is, as encodeFinding makes it. */
export function leadOf(
  { candidate, difference, execution }: Differing,
  own: Pick<AskedLean, 'label' | 'by'>,
  other: Pick<AskedLean, 'label' | 'by'>,
): Uint8Array {
  const { unit: suspect, name, shape, one, other: theirs, signature, explained } = difference;
  const finding: Finding = {
    id: findingId(candidate, undefined, describeSignature(signature)),
    candidate,
    verdict: {
      ...{ kind: 'lead', suspect, signature },
      reasons: [
        `${name} (${shape}): ${own.label} ${one}; ${other.label} ${theirs}`,
        ...explained,
        `${describeAsked(own.by)} against ${describeAsked(other.by)}`,
      ],
    },
    form: 'named',
    outcome: outcomeOf(execution),
    worker: 0,
  };
  return encodeFinding(finding);
}

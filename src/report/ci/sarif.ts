import { packageVersion } from '../../util/package.js';
import type { Find, CiOutcome } from './outcome.js';

/** The finds of a campaign as a log of SARIF 2.1.0, for code scanning. */
export function sarif({ finds, summary }: CiOutcome): object {
  const described = new Map(finds.map((find) => [ruleOf(find), descriptionOf(find)]));
  const rules = [...described].map(([id, text]) => ({ id, shortDescription: { text } }));
  const { seed, leanVersion, candidates, stoppedBy } = summary;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'lean-fuzz', version: packageVersion, rules } },
        invocations: [
          { executionSuccessful: true, properties: { seed, leanVersion, candidates, stoppedBy } },
        ],
        results: finds.map((find) => ({
          ruleId: ruleOf(find),
          level: levelOf(find),
          message: { text: `${find.title}: ${find.message}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(find.file) },
                region: { startLine: 1 },
              },
            },
          ],
          partialFingerprints: { 'leanFuzzSignature/v1': find.shown.signature },
          properties: { id: find.shown.id, known: find.shown.known },
        })),
      },
    ],
  };
}

function ruleOf({ shown: { kind, leadClass } }: Find): string {
  return leadClass === undefined ? kind : `${kind}/${leadClass}`;
}

function descriptionOf({ shown: { kind, leadClass } }: Find): string {
  if (kind === 'solution') return 'Lean accepts a proof of False.';
  return leadClass === undefined ? 'Lean may be wrong.' : `Lean may be wrong: a lead of class ${leadClass}.`;
}

function levelOf({ shown, isFailing }: Find): 'error' | 'warning' | 'note' {
  if (isFailing) return 'error';
  return shown.known === undefined ? 'warning' : 'note';
}

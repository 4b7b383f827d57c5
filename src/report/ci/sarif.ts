import { packageVersion } from '../../util/package.js';
import type { Find, CiOutcome } from './outcome.js';

/** The finds of a campaign as a log of SARIF 2.1.0, for code scanning. */
export function sarif({ finds, summary }: CiOutcome): object {
  const ruleIds = [...new Set(finds.map(ruleOf))];
  const rules = ruleIds.map((id) => ({ id, shortDescription: { text: descriptions(id) } }));
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

function descriptions(rule: string): string {
  return rule === 'solution'
    ? 'Lean accepts a proof of False.'
    : `Lean may be wrong: a lead of class ${rule.slice('lead/'.length)}.`;
}

function levelOf({ shown, isFailing }: Find): 'error' | 'warning' | 'note' {
  if (isFailing) return 'error';
  return shown.known === undefined ? 'warning' : 'note';
}

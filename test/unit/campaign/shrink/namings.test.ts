import { expect, it } from 'vitest';
import { Namings } from '../../../../src/campaign/shrink/namings.js';
import { finding, leadVerdict, signatureNamed, verdict } from '../../../support/fakes.js';

it('names ever fewer of the findings of one provisional signature, one at a time', () => {
  const namings = new Namings();
  const of = (id: string, name: string) =>
    finding({ id, verdict: leadVerdict({ signature: signatureNamed(name) }) });
  for (let i = 1; i <= 9; i++) namings.add(of(String(i), 'a'));
  namings.add(of('other', 'b'));
  const ids: string[] = [];
  for (let next = namings.next(); next !== undefined; next = namings.next()) {
    ids.push(next.id);
    expect(namings.next()).toBeUndefined();
    namings.done();
  }
  expect(ids).toEqual(['1', '2', '4', '8', 'other']);
});

it('names proofs of False first', () => {
  const namings = new Namings();
  namings.add(finding({ id: 'lead', verdict: leadVerdict({ signature: signatureNamed('a') }) }));
  namings.add(finding({ id: 'proof', verdict: verdict({ signature: signatureNamed('b') }) }));
  namings.add(finding({ id: 'second proof', verdict: verdict({ signature: signatureNamed('c') }) }));
  const ids = [1, 2, 3, 4].map(() => {
    const id = namings.next()?.id;
    namings.done();
    return id;
  });
  expect(ids).toEqual(['proof', 'second proof', 'lead', undefined]);
});

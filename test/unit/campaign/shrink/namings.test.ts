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
  for (let next = namings.next('lead'); next !== undefined; next = namings.next('lead')) {
    ids.push(next.id);
    expect(namings.next('lead')).toBeUndefined();
    namings.done('lead');
  }
  expect(ids).toEqual(['1', '2', '4', '8', 'other']);
});

it('lets proofs of False not wait for leads', () => {
  const namings = new Namings();
  namings.add(finding({ id: 'lead', verdict: leadVerdict({ signature: signatureNamed('a') }) }));
  namings.add(finding({ id: 'proof', verdict: verdict({ signature: signatureNamed('b') }) }));
  namings.add(finding({ id: 'second proof', verdict: verdict({ signature: signatureNamed('c') }) }));
  expect(namings.next('lead')?.id).toBe('lead');
  expect(namings.next('solution')?.id).toBe('proof');
  expect(namings.next('solution')).toBeUndefined();
  namings.done('solution');
  expect(namings.next('solution')?.id).toBe('second proof');
  namings.done('solution');
  expect(namings.next('solution')).toBeUndefined();
});

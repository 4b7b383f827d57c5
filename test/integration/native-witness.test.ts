import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Lean } from '../../src/api/lean.js';
import { NativeWitness } from '../../src/campaign/supervise/native-witness.js';
import { app, constant, nat } from '../../src/ir/expr.js';
import { KernelUnit } from '../../src/ir/unit/kernel-unit.js';
import { writeFindingFolder } from '../../src/store/finding-folder.js';
import { readOpinions } from '../../src/store/opinions-file.js';
import { finding, leadVerdict } from '../support/fakes.js';
import { embedded } from '../support/leans.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('what ends the embedded Lean');

it.skipIf(native === undefined)(
  'asks a native Lean about a limit of the 32-bit build, and says what it answers',
  async () => {
    const [type, shifted] = [constant('Nat'), app(constant('Nat.shiftLeft'), nat(0), nat(2n ** 31n))];
    const equation = app(constant('Eq', [{ kind: 'succ', of: { kind: 'zero' } }]), type, shifted, nat(0));
    const proof = app(constant('Eq.refl', [{ kind: 'succ', of: { kind: 'zero' } }]), type, nat(0));
    const unit = KernelUnit.of({ kind: 'theorem', name: 't', levelParams: [], type: equation, value: proof });
    const says = 'INTERNAL PANIC: Nat.shiftl exponent is too big';
    const verdict = {
      ...leadVerdict(),
      reasons: [`crashed: ${says}`],
      signature: {
        class: 'failure',
        rule: { kind: 'ends', how: 'crashed', says },
        place: leadVerdict().signature.place,
      } as const,
    };
    const of = finding({ verdict });
    const lead = { ...of, candidate: { ...of.candidate, level: 'kernel' as const, units: [unit] } };
    expect(NativeWitness.isFor(lead)).toBe(true);
    expect(NativeWitness.isFor(finding({ verdict: leadVerdict() }))).toBe(false);
    const context = {
      target: 'embedded',
      lean: embedded as Lean,
      mutant: undefined,
      elapsedSeconds: 1,
      limits: undefined,
      known: undefined,
    } as const;
    const folder = writeFindingFolder(temporaryFolder(), lead, '', context);
    const notices: string[] = [];
    const witness = new NativeWitness(embedded as Lean, (text) => notices.push(text));
    witness.add(lead, folder);
    await witness.answered();
    expect(notices).toEqual([
      expect.stringMatching(/^Lean .*native.* on what ended the embedded one: (accepts|refuses) it/),
    ]);
    expect(readOpinions(folder).map(({ answer }) => answer.kind)[0]).toBe('noAnswer');
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(
      /## Who answers what\n\n- no answer \(crashed: INTERNAL[^\n]+\n- (accepts|refuses)/,
    );
  },
);

import type { Unit } from '../../api/candidate.js';
import { describeSignature, type Signature } from '../../api/signature.js';
import { withProof } from '../signature.js';

/** False is looked for behind so many leads of one signature whose suspects were made in the same way, */
const maxFollowed = 40;
/** and behind so many of these whose suspects build on the same units, which are much alike. */
const maxAlike = 3;
/** Proofs of False behind leads of one signature: more would say nothing new, and each costs two executors. */
const maxProofs = 3;

/** How often a worker has looked for False behind leads of each signature, and found it. */
export class Pursuit {
  private readonly followed = new Map<string, number>();
  private readonly proofs = new Map<string, number>();

  /** Whether another lead of this signature and with such a suspect is not worth following. */
  isExhausted(signature: Signature, suspect: Unit): boolean {
    return (
      this.times(madeAlike(signature, suspect)) >= maxFollowed ||
      (suspect.uses.length > 0 && this.times(builtAlike(signature, suspect)) >= maxAlike) ||
      (this.proofs.get(describeSignature(withProof(signature, 'confirmed'))) ?? 0) >= maxProofs
    );
  }

  /** Counts a lead that is followed. */
  follow(signature: Signature, suspect: Unit): void {
    add(this.followed, madeAlike(signature, suspect));
    if (suspect.uses.length > 0) add(this.followed, builtAlike(signature, suspect));
  }

  /** Counts a proof of False, by its own signature. */
  prove(signature: Signature): void {
    add(this.proofs, describeSignature(signature));
  }

  private times(key: string): number {
    return this.followed.get(key) ?? 0;
  }
}

/** A signature does not say how its suspect was made, and one way may lead to False where another does not. */
function madeAlike(signature: Signature, { kind }: Unit): string {
  return `${describeSignature(signature)} ${kind}`;
}

function builtAlike(signature: Signature, suspect: Unit): string {
  return [madeAlike(signature, suspect), ...suspect.uses].join('\n');
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

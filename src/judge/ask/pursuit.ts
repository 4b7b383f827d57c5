import type { Unit } from '../../api/candidate.js';
import { describeSignature, type Signature } from '../../api/signature.js';
import { withProof } from '../signature.js';

/** False is looked for behind so many leads of one signature whose suspects were made in the same way, */
const maxFollowed = 40;
/** and behind so many of these whose suspects build on the same units, which are much alike. */
const maxAlike = 3;
/** Proofs of False behind leads of one signature: more would say nothing new, and each costs two executors. */
const maxProofs = 3;

/**
 * How often a worker has looked for False behind leads of each signature, and found it. What others have looked behind
 * often enough is looked behind once here: nobody's word alone may keep a lead from being seen.
 */
export class Pursuit {
  private readonly followed = new Map<string, number>();
  private readonly proofs = new Map<string, number>();
  private readonly byOthers = new Set<string>();
  private fresh: string[] = [];

  /** Whether another lead of this signature and with such a suspect is not worth following. */
  isExhausted(signature: Signature, suspect: Unit): boolean {
    return (
      this.isOver(this.followed, madeAlike(signature, suspect), maxFollowed) ||
      (suspect.uses.length > 0 && times(this.followed, builtAlike(signature, suspect)) >= maxAlike) ||
      this.isOver(this.proofs, describeSignature(withProof(signature, 'confirmed')), maxProofs)
    );
  }

  /** Counts a lead that is followed. */
  follow(signature: Signature, suspect: Unit): void {
    this.count(this.followed, madeAlike(signature, suspect), maxFollowed);
    if (suspect.uses.length > 0) add(this.followed, builtAlike(signature, suspect));
  }

  /** Counts a proof of False, by its own signature. */
  prove(signature: Signature): void {
    this.count(this.proofs, describeSignature(signature), maxProofs);
  }

  /** Takes over leads that others have looked behind often enough, as their `takeExhausted` returned them. */
  exhaust(leads: readonly string[]): void {
    leads.forEach((lead) => this.byOthers.add(lead));
  }

  /** The leads that this worker has come to have looked behind often enough since the last call. */
  takeExhausted(): string[] {
    const leads = this.fresh;
    this.fresh = [];
    return leads;
  }

  private isOver(counts: ReadonlyMap<string, number>, key: string, most: number): boolean {
    const seen = times(counts, key);
    return seen >= most || (seen > 0 && this.byOthers.has(key));
  }

  private count(counts: Map<string, number>, key: string, most: number): void {
    add(counts, key);
    if (times(counts, key) === most) this.fresh.push(key);
  }
}

/** A signature does not say how its suspect was made, and one way may lead to False where another does not. */
function madeAlike(signature: Signature, { kind }: Unit): string {
  return `${describeSignature(signature)} ${kind}`;
}

function builtAlike(signature: Signature, suspect: Unit): string {
  return [madeAlike(signature, suspect), ...suspect.uses].join('\n');
}

function times(counts: ReadonlyMap<string, number>, key: string): number {
  return counts.get(key) ?? 0;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, times(counts, key) + 1);
}

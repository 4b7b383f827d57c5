import { solutionOf } from './pipeline.js';

/** False is looked for behind so many leads of one signature whose suspects were made in the same way. */
const maxFollowed = 40;
/** Proofs of False behind leads of one signature: more would say nothing new, and each costs two executors. */
const maxProofs = 3;

/** How often a worker has looked for False behind leads of each signature, and found it. */
export class Pursuit {
  private readonly followed = new Map<string, number>();
  private readonly proofs = new Map<string, number>();

  /** Whether another lead of this signature, its suspect of this kind, is not worth following. */
  isWorn(signature: string, kind: string): boolean {
    return (
      (this.followed.get(keyOf(signature, kind)) ?? 0) >= maxFollowed ||
      (this.proofs.get(solutionOf(signature)) ?? 0) >= maxProofs
    );
  }

  /** Counts a lead that is followed. */
  follow(signature: string, kind: string): void {
    add(this.followed, keyOf(signature, kind));
  }

  /** Counts a proof of False, by its own signature. */
  prove(signature: string): void {
    add(this.proofs, signature);
  }
}

/** A signature does not say how its suspect was made, and one way may lead to False where another does not. */
function keyOf(signature: string, kind: string): string {
  return `${signature} ${kind}`;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

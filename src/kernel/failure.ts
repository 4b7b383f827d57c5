/** Thrown inside the checker for an expression that has no type, or a declaration that is not to be had. */
export class IllTyped extends Error {
  override readonly name = 'IllTyped';
}

/** What DontKnow says where the checker would need the meaning of one of Lean's constants. */
export const notModelled = 'a constant that is not modelled';

/** Thrown where the checker gives up: out of fuel, or something that it does not model. */
export class DontKnow extends Error {
  override readonly name = 'DontKnow';
}

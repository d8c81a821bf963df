import type { Mechanism, PartJoints } from '../mechanism.ts';

/** Sliding parts that stand where a test puts them, and the force that a mechanism exerts on each (N). */
export class PlacedJoints implements PartJoints {
  readonly time = 0;
  readonly #positions = new Map<string, number>();
  readonly forces = new Map<string, number>();

  position(part: string): number {
    return this.#positions.get(part) ?? 0;
  }

  speed(): number {
    return 0;
  }

  push(part: string, force: number): void {
    this.forces.set(part, force);
  }

  /** Moves a part through positions (m), one after the other, with the mechanism behind it. */
  move(mechanism: Mechanism, part: string, positions: readonly number[]): void {
    for (const position of positions) {
      this.#positions.set(part, position);
      mechanism.advance(this);
    }
  }
}

import { InputError } from '@praxis/core';
import type { Capability } from '../skills/skill.ts';

/** Capabilities of one robot that commanders claim, so that two never move it at once. All commanders of a robot share one instance. */
export class CapabilityLocks {
  readonly #owners = new Map<Capability, string>();

  /** Capabilities that a commander other than `owner` holds. */
  heldByOthers(owner: string): readonly Capability[] {
    return [...this.#owners].filter(([, each]) => each !== owner).map(([capability]) => capability);
  }

  /**
   * Claims capabilities, all or none.
   * @returns releases them; safe to call twice
   * @throws {InputError} that names the first one that another commander holds
   */
  claim(owner: string, capabilities: readonly Capability[]): () => void {
    for (const capability of capabilities) {
      const other = this.#owners.get(capability);
      if (other !== undefined)
        throw new InputError(`${owner}: the ${capability} is in use by ${other}, expected one commander at a time`);
    }
    for (const capability of capabilities) this.#owners.set(capability, owner);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      for (const capability of capabilities) this.#owners.delete(capability);
    };
  }
}

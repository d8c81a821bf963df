import type { DrivenArm } from '@praxis/evaluation';

/** A line is heard, and what it asks for begins, within this (s). */
const HEARD = 0.3;
/** A policy that has not done what it was told after this long (s) is not waited for. */
const PATIENCE = 20;

/** Whether what was said last is done with. */
export class Turn {
  readonly #arm: DrivenArm;
  #since: number;

  constructor(arm: DrivenArm) {
    this.#arm = arm;
    this.#since = arm.time;
  }

  begin(): void {
    this.#since = this.#arm.time;
  }

  get over(): boolean {
    const { time, policy, episode } = this.#arm;
    const taken = time - this.#since;
    if (taken < HEARD) return false;
    if (policy.driver === 'learned') return episode.verdict !== 'running' || taken > PATIENCE;
    return policy.motion.goal === undefined;
  }
}

import type { ActionChunk, Observation, Policy, PolicySpec } from '@praxis/core';
import type { MotionGoal } from '../dialogue/goal.ts';
import type { MotionPolicy } from './motion-policy.ts';

/**
 * One policy of two: a learned one that follows an instruction, and one that carries out motion goals. It begins with the
 * latter, which stands still until it is told something. Whoever takes over starts from the target that the arm has.
 */
export class SwitchedPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly learned: Policy;
  readonly motion: MotionPolicy;
  #driver: 'motion' | 'learned' = 'motion';
  #instructed = false;
  #lastChunk: ActionChunk | undefined;

  /** @param motion with the timing of the learned policy: a loop has one */
  constructor(learned: Policy, motion: MotionPolicy) {
    this.learned = learned;
    this.motion = motion;
    const names = new Set(learned.spec.inputs.map(({ name }) => name));
    const more = motion.spec.inputs.filter(({ name }) => !names.has(name));
    this.spec = { ...learned.spec, inputs: [...learned.spec.inputs, ...more] };
  }

  get driver(): 'motion' | 'learned' {
    return this.#driver;
  }

  /** The learned policy moves the arm; the instruction itself reaches it by its stream. */
  instruct(): void {
    this.#instructed = true;
    this.resume();
  }

  /** Back to the learned policy; without an instruction there is nothing to go on with. */
  resume(): void {
    if (!this.#instructed || this.#driver === 'learned') return;
    this.motion.releaseControl();
    this.#lastChunk = undefined;
    this.#driver = 'learned';
  }

  start(id: number, goal: MotionGoal): void {
    this.#switchToMotion();
    this.motion.start(id, goal);
  }

  hold(): void {
    this.#switchToMotion();
    this.motion.hold();
  }

  /** See {@link MotionPolicy.suspend}; the learned policy does not go on by itself afterwards. */
  suspend(why: string): void {
    this.motion.suspend(why);
    this.#switchToMotion();
  }

  restore(): void {
    this.motion.restore();
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    if (this.#driver === 'motion') return this.motion.infer(observation);
    try {
      const chunk = await this.learned.infer(observation);
      if (this.#isLearned) {
        this.#lastChunk = chunk;
        return chunk;
      }
    } catch (error) {
      if (this.#isLearned) throw error;
    }
    // It was switched meanwhile: what the learned policy wants is no longer asked for.
    return this.motion.infer(observation);
  }

  reset(): void {
    this.learned.reset();
    this.motion.reset();
    this.#driver = 'motion';
    this.#instructed = false;
    this.#lastChunk = undefined;
  }

  async close(): Promise<void> {
    await this.learned.close();
    await this.motion.close();
  }

  get #isLearned(): boolean {
    return this.#driver === 'learned';
  }

  #switchToMotion(): void {
    if (this.#driver === 'motion') return;
    this.motion.takeControl(this.#lastChunk);
    this.#driver = 'motion';
  }
}

import type { ActionChunk, Observation, Policy, PolicySpec } from '@praxis/core';
import type { MotionGoal } from '../dialogue/goal.ts';
import type { MotionPolicy } from './motion-policy.ts';
import { PoseActions } from './pose-actions.ts';

/**
 * Switches between two policies: a learned one that follows an instruction, and a motion policy that executes goals. The motion
 * policy is active first and keeps the arm still. After each switch the new policy starts from the arm's present target.
 */
export class SwitchedPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly learned: Policy;
  readonly motion: MotionPolicy;
  readonly #actions: PoseActions;
  #driver: 'motion' | 'learned' = 'motion';
  #instructed = false;
  #lastChunk: ActionChunk | undefined;
  #learnedStamp: number | undefined;

  /**
   * @param motion motion policy with the timing of the learned policy, since a control loop has one timing
   * @throws {InputError} when the learned policy acts in a space to which no pose of the tool can be converted
   */
  constructor(learned: Policy, motion: MotionPolicy) {
    this.#actions = new PoseActions(learned.spec, 'motion by words');
    this.learned = learned;
    this.motion = motion;
    const names = new Set(learned.spec.inputs.map(({ name }) => name));
    const more = motion.spec.inputs.filter(({ name }) => !names.has(name));
    this.spec = { ...learned.spec, actions: this.#actions.specs, inputs: [...learned.spec.inputs, ...more] };
  }

  /** The policy that moves the arm. */
  get driver(): 'motion' | 'learned' {
    return this.#driver;
  }

  /** Stamp of the newest chunk of the learned policy (s); undefined before the first one. The motion policy's chunks do not count. */
  get learnedStamp(): number | undefined {
    return this.#learnedStamp;
  }

  /** Lets the learned policy move the arm. The instruction itself reaches the policy as a stream. */
  instruct(): void {
    this.#instructed = true;
    this.resume();
  }

  /** Switches back to the learned policy; does nothing before the first instruction. */
  resume(): void {
    if (!this.#instructed || this.#driver === 'learned') return;
    this.motion.releaseControl();
    this.#lastChunk = undefined;
    this.#driver = 'learned';
  }

  /** Switches to the motion policy and starts a goal; see {@link MotionPolicy.start}. */
  start(id: number, goal: MotionGoal): void {
    this.#switchToMotion();
    this.motion.start(id, goal);
  }

  /** Switches to the motion policy and brakes; see {@link MotionPolicy.hold}. */
  hold(): void {
    this.#switchToMotion();
    this.motion.hold();
  }

  /** Suspends motion, see {@link MotionPolicy.suspend}. The learned policy does not continue by itself afterwards. */
  suspend(why: string): void {
    this.motion.suspend(why);
    this.#switchToMotion();
  }

  /** Ends the suspension; see {@link MotionPolicy.restore}. */
  restore(): void {
    this.motion.restore();
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    if (this.#driver === 'motion') return this.#actions.translate(await this.motion.infer(observation));
    try {
      const chunk = await this.learned.infer(observation);
      if (this.#isLearned) {
        // The tool stands after a refusal: it has no path to brake along.
        if (chunk.refused !== undefined) {
          this.#lastChunk = undefined;
          return chunk;
        }
        this.#lastChunk = chunk;
        this.#learnedStamp = chunk.stamp;
        return chunk;
      }
    } catch (error) {
      if (this.#isLearned) throw error;
    }
    // The policies were switched during the inference: the learned chunk is discarded.
    return this.#actions.translate(await this.motion.infer(observation));
  }

  reset(): void {
    this.learned.reset();
    this.motion.reset();
    this.#driver = 'motion';
    this.#instructed = false;
    this.#lastChunk = undefined;
    this.#learnedStamp = undefined;
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
    this.motion.takeControl(this.#actions.pathOf(this.#lastChunk));
    this.#driver = 'motion';
  }
}

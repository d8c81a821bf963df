import type { ActionChunk, Observation, Policy, PolicySpec, Random } from '@praxis/core';
import type { ExpertPolicy } from '@praxis/sim';

export interface RecordingOptions {
  /** Learned policy that drives; without one the expert does. */
  readonly policy?: Policy;
  /** Probability that the expert drives a segment of {@link SEGMENT} inferences. */
  readonly beta: number;
  readonly random: Random;
  readonly onMoment: (observation: Observation, label: ActionChunk) => void;
}

const SEGMENT = 8;
/** Chance that a push off the expert's way begins at an inference, and how long it lasts. */
const PUSH_CHANCE = 0.05;
const PUSH_LENGTH: readonly [number, number] = [2, 7];
/** m. */
const PUSH = [0.05, 0.05, 0.03] as const;
const FLOOR = 0.016;

/**
 * Drives an episode and shows every moment with the expert's label to the recorder. The expert is pushed off its way now and
 * then (Laskey et al., DART, CoRL 2017), so that the data show the way back; a learned policy needs no push (Ross et
 * al., DAgger, AISTATS 2011).
 */
export class RecordingPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #expert: ExpertPolicy;
  readonly #options: RecordingOptions;
  readonly #push = new Float64Array(3);
  #count = 0;
  #pushed = 0;
  #byExpert = true;

  constructor(expert: ExpertPolicy, options: RecordingOptions) {
    this.spec = options.policy?.spec ?? expert.spec;
    this.#expert = expert;
    this.#options = options;
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const { policy, beta, random, onMoment } = this.#options;
    const label = this.#expert.label(observation.stamp);
    onMoment(observation, label);
    if (policy) {
      if (this.#count++ % SEGMENT === 0) this.#byExpert = random.chance(beta);
      return this.#byExpert ? label : policy.infer(observation);
    }
    return this.#disturbed(label);
  }

  reset(): void {
    this.#options.policy?.reset();
  }

  async close(): Promise<void> {}

  #disturbed(label: ActionChunk): ActionChunk {
    const { random } = this.#options;
    if (this.#pushed === 0 && random.chance(PUSH_CHANCE)) {
      this.#pushed = PUSH_LENGTH[0] + random.integer(PUSH_LENGTH[1] - PUSH_LENGTH[0] + 1);
      for (let i = 0; i < 3; i++) this.#push[i] = random.uniform(-PUSH[i], PUSH[i]);
    }
    if (this.#pushed === 0) return label;
    this.#pushed--;
    const actions = label.actions.slice();
    const size = actions.length / label.horizon;
    for (let k = 0; k < label.horizon; k++) {
      for (let i = 0; i < 3; i++) actions[k * size + i] += this.#push[i];
      actions[k * size + 2] = Math.max(FLOOR, actions[k * size + 2]);
    }
    return { ...label, actions };
  }
}

import type { ActionChunk, Observation, Policy, PolicySpec, Random } from '@praxis/core';
import type { ExpertPolicy } from '@praxis/sim';

export interface RecordingOptions {
  /** Learned policy that drives; without one the expert does. */
  readonly policy?: Policy;
  /** Probability that the expert drives a segment of {@link SEGMENT_INFERENCES} inferences. */
  readonly beta: number;
  readonly random: Random;
  readonly onStep: (observation: Observation, label: ActionChunk) => void;
}

const SEGMENT_INFERENCES = 8;
/** Chance that a push off the expert's way begins at an inference, and how long it lasts. */
const PERTURBATION_PROBABILITY = 0.05;
const PERTURBATION_INFERENCES: readonly [number, number] = [2, 7];
/** m. */
const MAX_PERTURBATION_M = [0.05, 0.05, 0.03] as const;
const MIN_TOOL_HEIGHT_M = 0.016;

/**
 * Drives an episode and shows every moment with the expert's label to the recorder. The expert is pushed off its way now and
 * then (Laskey et al., DART, CoRL 2017), so that the data show the way back; a learned policy needs no push (Ross et
 * al., DAgger, AISTATS 2011).
 */
export class RecordingPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #expert: ExpertPolicy;
  readonly #options: RecordingOptions;
  readonly #perturbation = new Float64Array(3);
  #count = 0;
  #perturbedInferences = 0;
  #byExpert = true;

  constructor(expert: ExpertPolicy, options: RecordingOptions) {
    this.spec = options.policy?.spec ?? expert.spec;
    this.#expert = expert;
    this.#options = options;
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const { policy, beta, random, onStep: onMoment } = this.#options;
    const label = this.#expert.label(observation.stamp);
    onMoment(observation, label);
    if (policy) {
      if (this.#count++ % SEGMENT_INFERENCES === 0) this.#byExpert = random.chance(beta);
      return this.#byExpert ? label : policy.infer(observation);
    }
    return this.#perturb(label);
  }

  reset(): void {
    this.#options.policy?.reset();
  }

  async close(): Promise<void> {}

  #perturb(label: ActionChunk): ActionChunk {
    const { random } = this.#options;
    if (this.#perturbedInferences === 0 && random.chance(PERTURBATION_PROBABILITY)) {
      this.#perturbedInferences =
        PERTURBATION_INFERENCES[0] + random.integer(PERTURBATION_INFERENCES[1] - PERTURBATION_INFERENCES[0] + 1);
      for (let i = 0; i < 3; i++) this.#perturbation[i] = random.uniform(-MAX_PERTURBATION_M[i], MAX_PERTURBATION_M[i]);
    }
    if (this.#perturbedInferences === 0) return label;
    this.#perturbedInferences--;
    const actions = label.actions.slice();
    const size = actions.length / label.horizon;
    for (let k = 0; k < label.horizon; k++) {
      for (let i = 0; i < 3; i++) actions[k * size + i] += this.#perturbation[i];
      actions[k * size + 2] = Math.max(MIN_TOOL_HEIGHT_M, actions[k * size + 2]);
    }
    return { ...label, actions };
  }
}

import {
  type ActionChunk,
  type ActionSpec,
  actionsOf,
  type Observation,
  POSE_SIZE,
  type Policy,
  type PolicyInputSpec,
  type PolicySpec,
  type Random,
} from '@praxis/core';
import type { ExpertPhase, ExpertPolicy } from '@praxis/sim';
import { PoseActions } from '@praxis/teleop';

/** Options of {@link RecordingPolicy}. */
export interface RecordingOptions {
  /** Learned policy that drives. Default: the expert drives. */
  readonly policy?: Policy;
  /** Actions as which the expert's poses and widths move the arm when it drives. Default: poses of the tool. */
  readonly actions?: readonly ActionSpec[];
  /** Inputs that the recorder finds in every observation, whether the learned policy reads them or not. Default: none more. */
  readonly inputs?: readonly PolicyInputSpec[];
  /** Probability that the expert drives a segment of {@link SEGMENT_INFERENCES} inferences. */
  readonly beta: number;
  readonly random: Random;
  /** Receives the observation of each inference and the expert's action chunk for it. */
  readonly onStep: (observation: Observation, label: ActionChunk) => void;
}

const SEGMENT_INFERENCES = 8;
/** Probability that a perturbation of the expert begins at an inference. */
const PERTURBATION_PROBABILITY = 0.05;
/** Shortest and longest duration of a perturbation, in inferences. */
const PERTURBATION_INFERENCES: readonly [number, number] = [2, 7];
/** Largest perturbation along x, y and z of the base frame (m). */
const MAX_PERTURBATION_M = [0.05, 0.05, 0.03] as const;
/** Share of a perturbation of a compliant tool near what it touches, and in contact: more would break what it holds or touches. */
const NEAR_SHARE = 0.3;
const CONTACT_SHARE = 0.02;
/** Perturbed targets stay above this height (m, base frame), so that the fingers do not hit the table. */
const MIN_TOOL_HEIGHT_M = 0.016;

/**
 * Drives an episode and passes each observation with the expert's label to the recorder. The targets of the expert are perturbed
 * now and then, so that the data contain recoveries (Laskey et al., DART, CoRL 2017). A learned policy deviates by itself and is
 * not perturbed (Ross et al., DAgger, AISTATS 2011).
 */
export class RecordingPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #expert: ExpertPolicy;
  /** The expert's actions under the names of the policy's. */
  readonly #actions: PoseActions | undefined;
  readonly #options: RecordingOptions;
  readonly #perturbation = new Float64Array(3);
  readonly #isCompliant: boolean;
  #count = 0;
  #perturbedInferences = 0;
  #byExpert = true;

  constructor(expert: ExpertPolicy, options: RecordingOptions) {
    const { policy, actions, inputs = [] } = options;
    this.#actions = policy && new PoseActions(policy.spec, 'demonstrations');
    this.spec = actions ? { ...expert.spec, actions } : expert.spec;
    if (policy && this.#actions) {
      const read = policy.spec.inputs;
      const others = inputs.filter(({ name }) => read.every((input) => input.name !== name));
      this.spec = { ...policy.spec, inputs: [...read, ...others], actions: this.#actions.specs };
    }
    this.#expert = expert;
    this.#isCompliant = actionsOf(expert.spec).some(({ space }) => space === 'stiffness');
    this.#options = options;
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const { policy, beta, random, onStep } = this.#options;
    const label = this.#expert.label(observation.stamp);
    onStep(observation, label);
    if (policy && this.#actions) {
      if (this.#count++ % SEGMENT_INFERENCES === 0) this.#byExpert = random.chance(beta);
      return this.#byExpert ? this.#actions.translate(label) : policy.infer(observation);
    }
    return this.#perturb(label);
  }

  reset(): void {
    this.#options.policy?.reset();
  }

  async close(): Promise<void> {}

  /** Share of a perturbation that a phase bears. */
  #share(phase: ExpertPhase | undefined): number {
    if (!this.#isCompliant || phase === 'reach') return 1;
    return phase === 'descend' || phase === 'lift' ? NEAR_SHARE : CONTACT_SHARE;
  }

  #perturb(label: ActionChunk): ActionChunk {
    const { random } = this.#options;
    if (this.#perturbedInferences === 0 && random.chance(PERTURBATION_PROBABILITY)) {
      this.#perturbedInferences =
        PERTURBATION_INFERENCES[0] + random.integer(PERTURBATION_INFERENCES[1] - PERTURBATION_INFERENCES[0] + 1);
      for (let i = 0; i < 3; i++) this.#perturbation[i] = random.uniform(-MAX_PERTURBATION_M[i], MAX_PERTURBATION_M[i]);
      // What a compliant tool is about to touch stands below it.
      if (this.#isCompliant) this.#perturbation[2] = Math.abs(this.#perturbation[2]);
    }
    if (this.#perturbedInferences === 0) return label;
    this.#perturbedInferences--;
    const share = this.#share(this.#expert.annotation?.phase);
    const { arm } = label.blocks;
    const poses = arm.data.slice();
    for (let at = 0; at < poses.length; at += POSE_SIZE) {
      for (let i = 0; i < 3; i++) poses[at + i] += share * this.#perturbation[i];
      poses[at + 2] = Math.max(MIN_TOOL_HEIGHT_M, poses[at + 2]);
    }
    return { ...label, blocks: { ...label.blocks, arm: { ...arm, data: poses } } };
  }
}

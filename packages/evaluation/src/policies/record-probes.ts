import {
  type ActionChunk,
  type JointState,
  type Observation,
  type Policy,
  type PolicyInputSpec,
  type PolicySpec,
  quaternion,
} from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import {
  Episode,
  type ExpertPolicy,
  type ModalityDefinition,
  type RobotChoice,
  setupOf,
  type Task,
  taskAreaOf,
  taskState,
} from '@praxis/sim';
import { copySample, type Probe } from './probe.ts';

/** Options of {@link recordProbes}. */
export interface ProbeOptions extends RobotChoice {
  /** Task whose scenes are drawn; one that starts at home has no labels. */
  readonly task: Task;
  /** Sensors beside those of the robot. */
  readonly modalities?: readonly ModalityDefinition[];
  /** Inputs of the policy, which the robot must offer. */
  readonly inputs: readonly PolicyInputSpec[];
  /** Seeds of the scenes. */
  readonly seeds: readonly number[];
  /** Simulated time of each scene (s). */
  readonly durationS: number;
  /** Time between two probes (s). */
  readonly intervalS: number;
  /** Posture in which the arm starts, for each seed: positions of its joints (rad, m). Default: as the task has it. */
  readonly postures?: readonly Float64Array[];
}

/** Earlier observations have no instruction yet (s). */
const FIRST_PROBE_S = 0.1;
/** Joint positions are remembered at most so often (s). */
const JOINT_INTERVAL_S = 0.02;

/** Drives as the expert does and hands over each observation with the expert's chunk. */
class WatchedExpert implements Policy {
  readonly spec: PolicySpec;
  readonly #expert: ExpertPolicy;
  readonly #onStep: (observation: Observation, label: ActionChunk) => void;

  constructor(expert: ExpertPolicy, onStep: (observation: Observation, label: ActionChunk) => void) {
    this.spec = expert.spec;
    this.#expert = expert;
    this.#onStep = onStep;
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const label = this.#expert.label(observation.stamp);
    this.#onStep(observation, label);
    return label;
  }

  reset(): void {}
  async close(): Promise<void> {}
}

/** Records observations, rendered pictures included, of scenes in which the expert moves the arm. @throws {InputError} when the task does not fit the robot */
export async function recordProbes(options: ProbeOptions): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  for (const [i, seed] of options.seeds.entries()) {
    probes.push(...(await recordScene(seed, options.postures?.[i], options)));
  }
  return probes;
}

async function recordScene(
  seed: number,
  posture: Float64Array | undefined,
  options: ProbeOptions,
): Promise<readonly Probe[]> {
  const { task, inputs, durationS, intervalS, urdf, robot, modalities } = options;
  const path: { readonly stamp: number; readonly joints: ReadonlyMap<string, number> }[] = [];
  const probes: Probe[] = [];
  const other = otherInstruction(seed, options);
  const state: { read?: () => ReturnType<typeof taskState> } = {};
  const onStep = (observation: Observation, label: ActionChunk): void => {
    const now = state.read?.();
    const due = probes.length === 0 || observation.stamp >= probes[0].observation.stamp + probes.length * intervalS;
    if (!now || !due || observation.stamp < FIRST_PROBE_S) return;
    const tool = Float64Array.of(...now.tool, 0, 0, 0, 1);
    const turn = new Float64Array(4);
    quaternion.fromRotationVector(now.rotation, turn);
    tool.set(turn, 3);
    probes.push({
      observation: copyObservation(observation),
      label: task.start === 'home' ? undefined : label,
      tool,
      width: now.width,
      jointsAfter: (seconds) =>
        (path.find(({ stamp }) => stamp >= observation.stamp + seconds) ?? path[path.length - 1]).joints,
      otherInstruction: other,
      isStart: probes.length === 0,
    });
  };
  const episode = await Episode.create({
    ...{ task, seed, posture, urdf, robot, modalities, inputs, safety: 'off', scheduler: new RecedingHorizon() },
    policy: (expert) => new WatchedExpert(expert, onStep),
  });
  state.read = () => taskState(episode.world, episode.robot);
  const subscription = episode.robot.stream('joints').subscribe(({ value, stamp }) => {
    if (path.length > 0 && stamp < path[path.length - 1].stamp + JOINT_INTERVAL_S) return;
    const { names, position } = value as JointState;
    path.push({ stamp, joints: new Map(names.map((name, i) => [name, position[i]])) });
  });
  try {
    while (episode.time < durationS && (await episode.step()));
  } finally {
    subscription.unsubscribe();
    await episode.close();
  }
  return probes;
}

/** The instruction of the same scene that names another object. */
function otherInstruction(seed: number, { task, urdf, robot }: ProbeOptions): string | undefined {
  const area = task.start === 'home' ? undefined : taskAreaOf(setupOf({ urdf, robot }));
  const draw = { seed, wordings: 'report' as const, area };
  const [own, other] = [false, true].map((swap) => task.draw({ ...draw, swap }).instruction);
  return own === other ? undefined : other;
}

function copyObservation(observation: Observation): Observation {
  const inputs = new Map(
    [...observation.inputs].map(([name, input]) => [name, { ...input, samples: input.samples.map(copySample) }]),
  );
  const { reference } = observation;
  return reference
    ? { ...observation, inputs, reference: { ...reference, state: reference.state.slice() } }
    : { ...observation, inputs };
}

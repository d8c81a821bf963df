import {
  type ActionChunk,
  EE_STATE,
  EndEffectorState,
  type Observation,
  type Policy,
  type PolicyInputSpec,
  type PolicySpec,
} from '@praxis/core';
import { robotChoice } from '@praxis/evaluation';
import { ExpertPolicy, pick, setupOf, type TaskState, taskAreaOf, wordingsOf } from '@praxis/sim';

/** The scene of the test: each robot draws another one of it, in its own reach. */
export const SEED = 2_000_000;

/** Fingers that hold an object stay at least this far behind their commanded width (m), slower than this (m/s). */
const SQUEEZE_M = 0.008;
const STILL_SPEED_M_S = 0.02;

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - b[i]));

/**
 * The script of the task `pick` for a robot whose scene nothing shows: it knows from the seed where the objects were put, and from the
 * joints where the tool is. An object that is gripped moves with the tool.
 */
class ScriptedPick implements Policy {
  readonly spec: PolicySpec;
  readonly #expert: ExpertPolicy;
  readonly #start: ReadonlyMap<string, readonly [number, number, number]>;
  #state: Omit<TaskState, 'position' | 'slide' | 'force'> | undefined;
  #commanded = Number.POSITIVE_INFINITY;
  /** The object in the gripper and where it lies from the tool (m, base frame). */
  #held: { readonly name: string; readonly offset: readonly number[] } | undefined;

  constructor(setup: ReturnType<typeof setupOf>) {
    const area = taskAreaOf(setup);
    const instance = pick.draw({ seed: SEED, wordings: wordingsOf(SEED), swap: false, area });
    this.#start = new Map(instance.objects.map(({ name, pose: [x, y, z] }) => [name, [x, y, z] as const]));
    const input: PolicyInputSpec = {
      ...{ ...EndEffectorState.spec, name: EE_STATE, frame: setup.baseLink, rateHz: 500 },
      ...{ window: 1, maximumAge: 0.1 },
    };
    this.#expert = new ExpertPolicy(instance, () => this.#taskState(), [input], undefined, area);
    this.spec = { ...this.#expert.spec, name: 'scripted pick' };
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const [sample] = observation.inputs.get(EE_STATE)!.samples as readonly Float64Array[];
    const [x, y, z, rx, ry, rz, width, widthSpeed] = sample;
    const gripping = this.#commanded < width - SQUEEZE_M && Math.abs(widthSpeed) < STILL_SPEED_M_S;
    const tool = [x, y, z] as const;
    this.#state = { time: observation.stamp, tool, rotation: [rx, ry, rz], width, widthSpeed, gripping };
    const chunk = this.#expert.label(observation.stamp);
    const { annotation } = this.#expert;
    if (!gripping) this.#held = undefined;
    else if (!this.#held && annotation?.object !== undefined && distance(tool, annotation.place) < 0.03)
      this.#held = { name: annotation.object, offset: annotation.place.map((value, i) => value - tool[i]) };
    // The width of the time at which the next observation is made.
    this.#commanded = chunk.blocks.gripper.data[1];
    return chunk;
  }

  #taskState(): TaskState {
    const { tool } = this.#state!;
    const position: TaskState['position'] = (name) => {
      const held = this.#held?.name === name ? this.#held.offset : undefined;
      return held ? [tool[0] + held[0], tool[1] + held[1], tool[2] + held[2]] : this.#start.get(name)!;
    };
    // The scene of the task has neither sliding parts nor a sensor of true forces.
    return { ...this.#state!, position, slide: () => ({ position: 0, speed: 0 }), force: () => [0, 0, 0] };
  }

  reset(): void {
    this.#held = undefined;
  }

  async close(): Promise<void> {}
}

/** Makes the policy for the robot that the environment names: a module has no parameters. */
export default async (): Promise<Policy> => new ScriptedPick(setupOf(await robotChoice(process.env.PRAXIS_PICK_ROBOT)));

import {
  type ActionChunk,
  COMPLIANCE,
  DEFAULT_ACTIONS,
  type Observation,
  POSE_SIZE,
  type Policy,
  type PolicySpec,
} from '@praxis/core';
import { inBaseFrame, type TaskArea } from '../tasks/area.ts';
import { standStill } from '../tasks/grasp.ts';
import type { Annotation, Task, TaskInstance, TaskState } from '../tasks/task.ts';
import type { ToolOrientation } from '../tasks/tool-orientation.ts';
import { rollOut } from './roll-out.ts';

/** Actions in one chunk. */
export const HORIZON = 16;
/** Time between two actions of a chunk (s). */
export const ACTION_PERIOD_S = 0.05;
/** Time between two inferences (s). */
export const INFERENCE_PERIOD_S = 0.1;
/** The expert reads no sensor, so every gate is closed. */
const NO_GATES = { vision: 0, wrench: 0, language: 0, joints: 0 };

/** What an expert has to know of the area that it works in. */
export type ExpertArea = ToolOrientation & Pick<TaskArea, 'base'>;

/** Moves poses from the frame of the scene to that of the arm's base. */
function moveToBaseFrame(poses: Float64Array, area: ExpertArea): void {
  if (!area.base) return;
  for (let at = 0; at < poses.length; at += POSE_SIZE) {
    poses.set(inBaseFrame(area, [poses[at], poses[at + 1], poses[at + 2]]), at);
  }
}

/** The scripted expert as a {@link Policy}. It reads the simulator's true state, which a learned policy cannot. */
export class ExpertPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #instance: TaskInstance;
  readonly #state: () => TaskState;
  readonly #hasGoal: () => boolean;
  readonly #area: ExpertArea | undefined;
  readonly #tool: Task['tool'];
  /** Annotation of the last inference; undefined before the first. */
  annotation: Annotation | undefined;

  /**
   * @param inputs inputs that the expert declares but does not read, so that a recorder finds them in the observation
   * @param area orientation of the tool, and place of the arm's base. Default: it points down and closes along y, and the base is at the
   *   scene's origin
   * @param tool whether the expert commands stiffness and force beside pose and width. Default: it does not
   * @param group command group of the arm, of a robot with several arms. Default: the only arm
   * @param hasGoal false while the instruction is no goal of the scene: the expert then stays where it is
   */
  constructor(
    instance: TaskInstance,
    state: () => TaskState,
    inputs: PolicySpec['inputs'] = [],
    hasGoal: () => boolean = () => true,
    area?: ExpertArea,
    tool: Task['tool'] = 'stiff',
    group?: string,
  ) {
    this.#area = area;
    this.#tool = tool;
    this.#instance = instance;
    this.#state = state;
    this.#hasGoal = hasGoal;
    const actions = tool === 'compliant' ? [...DEFAULT_ACTIONS, ...COMPLIANCE] : DEFAULT_ACTIONS;
    this.spec = {
      name: 'expert',
      inputs,
      actions: group === undefined ? actions : actions.map((action) => ({ ...action, group })),
      horizon: HORIZON,
      actionPeriod: ACTION_PERIOD_S,
      inferencePeriod: INFERENCE_PERIOD_S,
    };
  }

  async infer({ stamp }: Observation): Promise<ActionChunk> {
    return this.label(stamp);
  }

  /** Returns the chunk that the expert commands in the present state. @param stamp observation's time (s) */
  label(stamp: number): ActionChunk {
    const state = this.#state();
    const { waypoints, annotation } = this.#instance.plan(state);
    this.annotation = annotation;
    const path = this.#hasGoal() ? waypoints : [standStill(state)];
    const { arm, gripper, ...compliant } = rollOut(state, path, HORIZON, ACTION_PERIOD_S, this.#area);
    if (this.#area) moveToBaseFrame(arm.data, this.#area);
    const blocks = { arm, gripper, ...(this.#tool === 'compliant' ? compliant : {}) };
    return { stamp, period: ACTION_PERIOD_S, horizon: HORIZON, blocks, gates: NO_GATES };
  }

  reset(): void {}
  async close(): Promise<void> {}
}

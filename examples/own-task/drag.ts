import { Random } from '@praxis/core';
import {
  holds,
  reachAndClose,
  type SceneObject,
  type Task,
  type TaskInstance,
  type TaskState,
  type Verdict,
} from '@praxis/sim';

/** The task succeeds when the block's centre is this far from the base (m). */
const FINISH_X_M = 0.55;
/** Edge of the cube (m). */
const BLOCK_SIZE_M = 0.044;
/** Height above the table at which the fingers close (m): half the edge. */
const GRIP_HEIGHT_M = 0.022;
/** The target is this much higher while the arm drags (m), so that the block does not jam on the table. */
const DRAG_LIFT_M = 0.008;
/** Width that closes the fingers on the block (m). */
const CLOSED_WIDTH_M = 0;

/** Instructions of training, validation and reports; no two sets share one. */
const WORDINGS = {
  train: ['drag the block past the posts', 'slide the block out between the posts'],
  validation: ['drag the block out between the posts'],
  report: ['pull the block away past the posts'],
} as const;

const post = (name: string, y: number): SceneObject => ({
  name,
  geometry: { type: 'cylinder', radius: 0.008, length: 0.06 },
  pose: [FINISH_X_M, y, 0.03, 0, 0, 0, 1],
  rgba: [0.8, 0.8, 0.8, 1],
  mass: 0,
  friction: 1,
});

class DragInstance implements TaskInstance {
  readonly task = 'drag';
  readonly goal = { key: 'drag block' };
  readonly timeLimit = 15;
  readonly named = [{ object: 'block', colour: 'red', shape: 'cube' }] as const;
  readonly objects: readonly SceneObject[];
  readonly instruction: string;
  readonly #mass: number;
  #moved = false;

  constructor(seed: number, wordings: keyof typeof WORDINGS) {
    const random = new Random(seed, 'drag');
    const half = random.uniform(-0.1, 0.1);
    const pose = [
      random.uniform(0.43, 0.48),
      random.uniform(-0.12, 0.12),
      BLOCK_SIZE_M / 2,
      0,
      0,
      half,
      Math.sqrt(1 - half * half),
    ] as const;
    this.#mass = random.uniform(0.06, 0.16);
    const geometry = { type: 'box', size: [BLOCK_SIZE_M, BLOCK_SIZE_M, BLOCK_SIZE_M] } as const;
    const block = { name: 'block', geometry, pose, rgba: [0.7, 0.2, 0.05, 1] as const, mass: this.#mass, friction: 1 };
    this.objects = [block, post('left post', 0.2), post('right post', -0.2)];
    this.instruction = random.pick(WORDINGS[wordings]);
  }

  /** Succeeds when the block is past the line; fails when it is lifted or outside the posts. */
  judge(state: TaskState): Verdict {
    const [x, y, z] = state.position('block');
    if (z > BLOCK_SIZE_M || Math.abs(y) > 0.19) return 'failure';
    this.#moved = x > FINISH_X_M;
    return this.#moved ? 'success' : 'running';
  }

  followedInstruction(): boolean | undefined {
    return this.#moved || undefined;
  }

  /** Grasps the block, then moves away from the base. */
  plan(state: TaskState): ReturnType<TaskInstance['plan']> {
    const place = state.position('block');
    const [x, y] = state.tool;
    if (holds(state, place)) {
      const away = {
        position: [x + 0.08, y, GRIP_HEIGHT_M + DRAG_LIFT_M],
        width: CLOSED_WIDTH_M,
        speed: 0.15,
        tolerance: 0.012,
        dwell: 0,
      } as const;
      return {
        waypoints: [away],
        annotation: { place, object: 'block', grasped: true, heldMass: this.#mass, phase: 'lift' },
      };
    }
    const { waypoints, phase } = reachAndClose(state, [place[0], place[1], GRIP_HEIGHT_M], BLOCK_SIZE_M);
    return { waypoints, annotation: { place, object: 'block', grasped: false, heldMass: 0, phase } };
  }
}

/** Task: drag the block past the line between two posts, without lifting it. */
export const drag: Task = {
  name: 'drag',
  draw: ({ seed, wordings }) => new DragInstance(seed, wordings),
  goals: (wordings) => [{ key: 'drag block', texts: WORDINGS[wordings] }],
};

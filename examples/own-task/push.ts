import { Random } from '@praxis/core';
import type { SceneObject, Task, TaskInstance, TaskState, Verdict, WayPoint } from '@praxis/sim';

type Point = readonly [number, number, number];

/** The block has to be this far from the base (m). */
const LINE = 0.55;
/** Edge of the block (m). */
const SIZE = 0.044;
/** Middle of the tool behind the middle of the block, when they do not touch yet (m). */
const BEHIND = 0.055;
/** Height of the tool while it pushes (m). */
const LOW = 0.022;
const CLOSED = 0;

const WORDINGS = {
  train: ['push the block past the posts', 'shove the block between the posts'],
  validation: ['push the block through the posts'],
  report: ['move the block out past the posts'],
} as const;

const post = (name: string, y: number): SceneObject => ({
  name,
  geometry: { type: 'cylinder', radius: 0.008, length: 0.06 },
  pose: [LINE, y, 0.03, 0, 0, 0, 1],
  rgba: [0.8, 0.8, 0.8, 1],
  mass: 0,
  friction: 1,
});

const to = (position: Point, more: Partial<WayPoint> = {}): WayPoint => ({
  position,
  width: CLOSED,
  speed: 0.3,
  tolerance: 0.012,
  dwell: 0,
  ...more,
});

class Push implements TaskInstance {
  readonly task = 'push';
  readonly goal = { key: 'push block' };
  readonly timeLimit = 15;
  readonly named = [{ object: 'block', colour: 0, shape: 0 }];
  readonly objects: readonly SceneObject[];
  readonly instruction: string;
  #moved = false;

  constructor(seed: number, wordings: keyof typeof WORDINGS) {
    const random = new Random(seed, 'push');
    const half = random.uniform(-0.1, 0.1);
    const pose = [
      random.uniform(0.43, 0.48),
      random.uniform(-0.12, 0.12),
      SIZE / 2,
      0,
      0,
      half,
      Math.sqrt(1 - half * half),
    ] as const;
    const mass = random.uniform(0.06, 0.16);
    const geometry = { type: 'box', size: [SIZE, SIZE, SIZE] } as const;
    const block = { name: 'block', geometry, pose, rgba: [0.7, 0.2, 0.05, 1] as const, mass, friction: 1 };
    this.objects = [block, post('left post', 0.2), post('right post', -0.2)];
    this.instruction = random.pick(WORDINGS[wordings]);
  }

  /** The block is past the line, still between the posts, and it was not lifted. */
  judge(state: TaskState): Verdict {
    const [x, y, z] = state.position('block');
    if (z > SIZE || Math.abs(y) > 0.19) return 'failure';
    this.#moved = x > LINE;
    return this.#moved ? 'success' : 'running';
  }

  followed(): boolean | undefined {
    return this.#moved || undefined;
  }

  /** Up, over a point behind the block, down, then forward at the block's own y. */
  plan(state: TaskState) {
    const place = state.position('block');
    const [bx, by] = place;
    const [x, y, z] = state.tool;
    const low = z < LOW + 0.015;
    const behind = x < bx - SIZE / 2 && Math.abs(y - by) < 0.012;
    // A point just ahead, past the block's middle and above where friction drags the tool to: each plan starts from the
    // measured tool, so what is not asked for in excess is never made up for.
    const forward = to([x + 0.06, by + (by - y), LOW + 2 * Math.max(0, LOW - z)], { speed: 0.25 });
    const start: Point = [bx - BEHIND, by, LOW];
    const over: Point = [bx - BEHIND, by, 0.1];
    const down = to(start, { speed: 0.15, tolerance: 0.008 });
    const ready = Math.abs(x - start[0]) < 0.012 && Math.abs(y - by) < 0.01;
    let phase = 0;
    let wayPoints = [...(z < 0.09 ? [to([x, y, 0.1])] : []), to(over, { tolerance: 0.008 }), down, forward];
    if (low && behind) [phase, wayPoints] = [2, [forward]];
    else if (ready) [phase, wayPoints] = [1, [down, forward]];
    return { wayPoints, annotation: { place, object: 'block', grasped: false, heldMass: 0, phase } };
  }
}

/** Push the block past the line between two posts, without lifting it. */
export const push: Task = {
  name: 'push',
  draw: ({ seed, wordings }) => new Push(seed, wordings),
  goals: (wordings) => [{ key: 'push block', texts: WORDINGS[wordings] }],
};

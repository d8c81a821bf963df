import type { GoalResult, MotionGoal } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import type { PlannerContext } from '../../context/context.ts';
import { seen, testCell, testContext } from '../../testing/scene.ts';
import type { MoveOptions, SkillReading, SkillRobot } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import { takeByMotions, takeCentred } from './grasping.ts';
import { lower, TOUCHING_SPEED_M_S } from './lowering.ts';

/** Length of a step of the tool on its way (m). */
const STEP_M = 0.001;
const cell = testCell();
const cube = seen('red cube', 0.5, 0.1);

interface World {
  /** Upward force on the tool at a position (N). */
  readonly force?: (tool: readonly number[]) => number;
  /** Width that the fingers close to at a position of the tool (m). */
  readonly grip?: (tool: readonly number[]) => number;
}

/** An arm that is where it was sent, unless something stops it on its way. */
class StraightArm implements SkillRobot {
  tool: number[];
  width = 0.08;
  readonly moves: { readonly to: readonly number[]; readonly end: readonly number[]; readonly speed?: number }[] = [];
  readonly notes: string[] = [];
  readonly #world: World;

  constructor(tool: readonly [number, number, number], world: World = {}) {
    this.tool = [...tool];
    this.#world = world;
  }

  reading(): SkillReading {
    const force = this.#world.force?.(this.tool) ?? 0;
    return { time: 0, tool: Float64Array.of(...this.tool, 1, 0, 0, 0), width: this.width, force: [0, 0, force] };
  }

  async moveTo(to: readonly [number, number, number], { until, speed }: MoveOptions = {}): Promise<GoalResult> {
    const from = this.tool;
    const length = Math.sqrt(to.reduce((sum, x, i) => sum + (x - from[i]) ** 2, 0));
    const steps = Math.max(1, Math.ceil(length / STEP_M));
    let isHeld = false;
    for (let k = 1; k <= steps && !isHeld; k++) {
      this.tool = to.map((x, i) => from[i] + ((x - from[i]) * k) / steps);
      isHeld = until?.(this.reading()) ?? false;
    }
    this.moves.push({ to, end: this.tool, ...(speed === undefined ? {} : { speed }) });
    return this.#result({ kind: 'reach', position: to, speed: speed ?? 0.2, timeout: 1 }, isHeld ? 'held' : 'done');
  }

  async move(goal: MotionGoal): Promise<GoalResult> {
    if (goal.kind === 'gripper') this.width = goal.width > 0 ? goal.width : (this.#world.grip?.(this.tool) ?? 0);
    return this.#result(goal, 'done');
  }

  known = (): PlannerContext => testContext([cube]);
  look = async (): Promise<PlannerContext> => this.known();
  learn = (): void => {};
  note = (text: string): void => void this.notes.push(text);
  instruct = async (): Promise<boolean> => false;
  waitUntil = async (): Promise<boolean> => true;
  say = (): void => {};
  ask = async (): Promise<string> => '';

  #result(goal: MotionGoal, outcome: GoalResult['outcome']): GoalResult {
    return { id: 0, goal, outcome, time: 0, short: { metres: 0, radians: 0 } };
  }
}

describe('what is held', () => {
  it('goes down slowly over the last two centimetres, and no further than it touches', async () => {
    const arm = new StraightArm([0.5, 0.1, 0.2], { force: ([, , z]) => (z < 0.035 ? 5 : 0) });
    await lower(arm, [0.5, 0.1, 0.02], true);
    const [fast, slow, ...more] = arm.moves;
    expect(more).toEqual([]);
    expect(fast.end[2]).toBeCloseTo(0.04, 6);
    expect(slow.speed).toBe(TOUCHING_SPEED_M_S);
    expect(slow.end[2]).toBeGreaterThan(0.033);
  });
});

describe('fingers that go down to a thing', () => {
  const height = ([, , z]: readonly number[]) => z - cube.position[2];

  it('move slowly where they may land on it, and step aside when they do', async () => {
    // The cube lies 1 cm beside its seen place: a finger lands on it unless the tool goes there.
    const lands = (tool: readonly number[]) => height(tool) < 0.03 && Math.abs(tool[1] - 0.11) > 0.007;
    const arm = new StraightArm([0.4, 0, 0.2], { force: (tool) => (lands(tool) ? 9 : 0), grip: () => 0.04 });
    const { at } = await takeByMotions(cube, [0.5, 0.1], 'no instruction names it', arm, cell);
    expect(Math.abs(at[1] - 0.11)).toBeLessThan(0.007);
    const landing = arm.moves.filter(({ to, end }) => to[2] < end[2] - 1e-6);
    expect(landing.length).toBeGreaterThan(0);
    for (const { speed } of landing) expect(speed).toBe(TOUCHING_SPEED_M_S);
  });

  it('give up when they land on it wherever they go down', async () => {
    const arm = new StraightArm([0.4, 0, 0.2], { force: (tool) => (height(tool) < 0.03 ? 9 : 0) });
    await expect(takeByMotions(cube, [0.5, 0.1], 'no instruction names it', arm, cell)).rejects.toThrow(SkillError);
    expect(arm.tool[2]).toBeGreaterThan(0.1);
  });

  it('are moved across the thing between the place where they are and the one where it was seen, and not along', async () => {
    const arm = new StraightArm([0.483, 0.108, 0.045], { grip: () => 0.04 });
    const { at, lowest } = await takeCentred(cube, 0.13, arm, cell);
    expect(at[0]).toBeCloseTo(0.483 + 0.5 * 0.017, 6);
    expect(at[1]).toBeCloseTo(0.108, 6);
    expect(lowest).toBeCloseTo(cube.position[2], 6);
    expect(arm.tool[2]).toBeCloseTo(0.13, 6);
  });

  it('that close on nothing have not taken it', async () => {
    const arm = new StraightArm([0.483, 0.108, 0.045], { grip: () => 0 });
    await expect(takeCentred(cube, 0.13, arm, cell)).rejects.toThrow(/closed beside/);
  });
});

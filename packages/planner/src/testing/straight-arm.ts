import type { GoalResult, MotionGoal } from '@praxis/teleop';
import type { PlannerContext } from '../context/context.ts';
import type { MoveOptions, SkillReading, SkillRobot } from '../skills/skill.ts';

/** Length of a step of the tool on its way (m). */
const STEP_M = 0.001;

/** What a {@link StraightArm} meets on its way. */
export interface World {
  /** Upward force on the tool at a position (N). */
  readonly force?: (tool: readonly number[]) => number;
  /** Width that the fingers close to at a position of the tool (m). */
  readonly grip?: (tool: readonly number[]) => number;
  /** Weight of what the fingers hold at a position of the tool (N), and how far from the base it hangs beyond the tool (m). */
  readonly load?: (tool: readonly number[], width: number) => { readonly weight: number; readonly beyond: number };
  /** Width that the fingers lose while the arm waits at a position of the tool (m). */
  readonly creep?: (tool: readonly number[]) => number;
}

/** An arm that is where it was sent, unless something stops it on its way. */
export class StraightArm implements SkillRobot {
  tool: number[];
  width = 0.08;
  readonly moves: { readonly to: readonly number[]; readonly end: readonly number[]; readonly speed?: number }[] = [];
  /** Shares of the gripper's force that it closed with. */
  readonly efforts: number[] = [];
  readonly notes: string[] = [];
  readonly context: PlannerContext;
  readonly #world: World;

  constructor(tool: readonly [number, number, number], context: PlannerContext, world: World = {}) {
    this.context = context;
    this.tool = [...tool];
    this.#world = world;
  }

  reading(): SkillReading {
    const { weight = 0, beyond = 0 } = this.#world.load?.(this.tool, this.width) ?? {};
    const force = (this.#world.force?.(this.tool) ?? 0) - weight;
    return {
      ...{ time: 0, tool: Float64Array.of(...this.tool, 1, 0, 0, 0), width: this.width },
      ...{ force: [0, 0, force], torque: [0, weight * beyond, 0] },
    };
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
    if (goal.kind === 'gripper' && goal.width < this.width) this.efforts.push(goal.effort ?? 1);
    // What lies between the fingers stops them.
    if (goal.kind === 'gripper') this.width = Math.max(goal.width, this.#world.grip?.(this.tool) ?? 0);
    return this.#result(goal, 'done');
  }

  known = (): PlannerContext => this.context;
  look = async (): Promise<PlannerContext> => this.known();
  learn = (): void => {};
  note = (text: string): void => void this.notes.push(text);
  instruct: SkillRobot['instruct'] = async () => false;
  waitUntil = async (holds: (reading: SkillReading) => boolean): Promise<boolean> => {
    this.width -= this.#world.creep?.(this.tool) ?? 0;
    return holds(this.reading());
  };
  say = (): void => {};
  ask = async (): Promise<string> => '';

  #result(goal: MotionGoal, outcome: GoalResult['outcome']): GoalResult {
    return { id: 0, goal, outcome, time: 0, short: { metres: 0, radians: 0 } };
  }
}

import type { TaskInstance, TaskState } from '@praxis/sim';

/** A thing or a tool that is nearer than this to where it was has not moved (m). */
const MOVED_M = 0.005;
/** A thing that is higher than this above where it stood is held up (m). */
const LIFTED_M = 0.05;
/** Simulated time that the judge of the task needs for its verdict on what is held up, with a margin (s). */
const JUDGED_TIME_S = 2.5;
/** Control periods between two calls of the judge. */
const JUDGE_INTERVAL_PERIODS = 10;

type Point = readonly [number, number, number];

/** Where everything is. */
interface Places {
  readonly tool: Point;
  readonly things: readonly { readonly name: string; readonly position: Point }[];
}

/** A simulated arm whose scene is judged. */
export interface JudgedArm {
  readonly time: number;
  readonly instance: TaskInstance;
  state(): TaskState;
  step(): Promise<unknown>;
}

/** Notes where tool and things are. */
export function placesOf({ instance, state }: JudgedArm): Places {
  const now = state();
  const things = instance.named.map(({ object, colour, shape }) => ({
    name: `${colour} ${shape}`,
    position: now.position(object),
  }));
  return { tool: now.tool, things };
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** What has moved, in words: things, else the tool; undefined when nothing has. */
export function movedSince(before: Places, arm: JudgedArm): string | undefined {
  const now = placesOf(arm);
  const moved = now.things.filter(({ position }, i) => distance(position, before.things[i].position) > MOVED_M);
  if (moved.length > 0) return `moved the ${moved.map(({ name }) => name).join(' and the ')}`;
  return distance(now.tool, before.tool) > MOVED_M ? 'moved the arm' : undefined;
}

/** Judges the scene as it is and stays, on a goal: the arm must hold the meant thing up. @returns what is wrong; undefined for the right thing */
export async function wrongWith(arm: JudgedArm, goalKey: string, before: Places): Promise<string | undefined> {
  const { instance } = arm;
  instance.pursue!(goalKey);
  let verdict = instance.judge(arm.state());
  for (let period = 1, end = arm.time + JUDGED_TIME_S; verdict === 'running' && arm.time < end; period++) {
    await arm.step();
    if (period % JUDGE_INTERVAL_PERIODS === 0) verdict = instance.judge(arm.state());
  }
  if (verdict === 'success') return undefined;
  const held = whatIsHeld(arm, before);
  return goalKey === `pick ${held.slice('holds the '.length)}` ? `${held}, less high than the task wants` : held;
}

/** What the arm holds up, in words. */
export function whatIsHeld(arm: JudgedArm, before: Places): string {
  const { things } = placesOf(arm);
  const lifted = things.find(({ position }, i) => position[2] - before.things[i].position[2] > LIFTED_M);
  return lifted ? `holds the ${lifted.name}` : 'holds nothing up';
}

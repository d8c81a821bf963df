import { describe, expect, it } from 'vitest';
import { drawer } from '../tasks/drawer/drawer.ts';
import { free } from '../tasks/free.ts';
import { insert } from '../tasks/insert/insert.ts';
import { pick } from '../tasks/pick.ts';
import { press } from '../tasks/press/press.ts';
import { sort } from '../tasks/sort.ts';
import type { Knowledge, Task, TaskState } from '../tasks/task.ts';
import { stateOf } from '../tasks/testing/state.ts';
import { wipe } from '../tasks/wipe/wipe.ts';
import { expertWithout } from './expert-without.ts';

const draw = (seed: number) => ({ seed, wordings: 'train', swap: false }) as const;
/** The true instance, and what an expert without some knowledge believes of it. */
function believed(task: Task, seed: number, ...lacks: Knowledge[]) {
  const truth = task.draw(draw(seed));
  const state = stateOf(truth, {}, { force: () => [0, 0, 5] });
  return { truth, ...expertWithout(lacks, task, draw(seed), () => state) };
}
const SEEDS = 400;
const share = (of: (seed: number) => boolean) =>
  Array.from({ length: SEEDS }, (_, i) => of(i)).filter(Boolean).length / SEEDS;
/** Four standard deviations of a share over the seeds. */
const spread = (rate: number) => 4 * Math.sqrt((rate * (1 - rate)) / SEEDS);

describe('an expert without language', () => {
  it.each([
    { task: pick, rate: 1 / 4 },
    { task: sort, rate: 1 / 4 },
    { task: insert, rate: 1 / 2 },
    { task: wipe, rate: 1 / 4 },
  ])('guesses one of the goals of a scene of $task.name', ({ task, rate }) => {
    const right = share((seed) => {
      const { truth, instance } = believed(task, seed, 'language');
      expect(truth.goalKeys).toContain(instance.goal.key);
      return instance.goal.key === truth.goal.key;
    });
    expect(Math.abs(right - rate)).toBeLessThan(spread(rate));
  });

  it('is refused for a scene with one goal', () => {
    expect(() => believed(free, 1, 'language')).toThrow('task free: its scenes have one goal');
  });
});

it('an expert without language still knows what the parts of the scene did', () => {
  const truth = press.draw(draw(2));
  let depth = 0;
  const state = () => ({ ...stateOf(truth), slide: () => ({ position: depth, speed: 0 }) });
  const { instance, state: known } = expertWithout(['language'], press, draw(2), state);
  expect(instance.plan(known()).annotation.phase).not.toBe('release');
  depth = 0.02;
  expect(instance.plan(known()).annotation.phase).toBe('release');
});

describe('an expert without vision', () => {
  it('believes every thing that instructions name at one mean place, and sees the rest', () => {
    const { instance, state, truth } = believed(sort, 3, 'vision');
    const places = instance.named.map(({ object }) => state().position(object));
    expect(places[0]).toEqual(places[1]);
    // The boxes stand on both sides of the middle.
    expect(Math.abs(places[0][1])).toBeLessThan(0.01);
    expect(state().position('tray_left')).toEqual(stateOf(truth).position('tray_left'));
  });

  it.each([press, drawer, insert, wipe])('goes to that place in $name', (task) => {
    const { instance, state } = believed(task, 3, 'vision');
    const [x, y] = state().position(instance.named[0].object);
    const { waypoints, annotation } = instance.plan(state());
    expect(annotation.place.slice(0, 2)).toEqual([x, y]);
    for (const { position } of waypoints) expect(Math.hypot(position[0] - x, position[1] - y)).toBeLessThan(0.1);
  });
});

describe('an expert without touch', () => {
  it('feels no force, and neither does its controller', () => {
    for (const task of [insert, wipe]) {
      const { state, tool, instance } = believed(task, 4, 'wrench');
      expect(tool).toBe('stiff');
      expect(state().force('any', 'peg')).toEqual([0, 0, 0]);
      expect(instance.plan(state()).waypoints.some(({ force }) => force !== undefined)).toBe(false);
    }
    expect(believed(insert, 4, 'vision').tool).toBe('compliant');
  });

  it('guesses which box is heavy', () => {
    const right = share((seed) => {
      const { truth, instance } = believed(sort, seed, 'wrench');
      const box = truth.objects[0];
      const [x, y] = [box.pose[0], box.pose[1]];
      const held = stateOf(truth, { [box.name]: [x, y, 0.14] }, { tool: [x, y, 0.14], width: 0.046, gripping: true });
      return instance.plan(held).annotation.object === truth.plan(held).annotation.object;
    });
    expect(Math.abs(right - 1 / 2)).toBeLessThan(spread(1 / 2));
  });

  it('puts the peg straight down where the hole seems to be', () => {
    const { truth, instance, state } = believed(insert, 6, 'wrench');
    const name = instance.plan(state()).annotation.object!;
    const [x, y] = stateOf(truth).position(name);
    const low = instance.plan({ ...state(), tool: [x + 0.003, y, 0.058] }).waypoints;
    expect(low[0].position.slice(0, 2)).toEqual([x, y]);
    expect(low[0].position[2]).toBeLessThan(0.038);
  });
});

it('without language, the expert of drawer still feels a latch, and pushes', () => {
  const phases = Array.from({ length: 60 }, (_, seed) => {
    const truth = drawer.draw(draw(seed));
    const phaseIn = (state: TaskState) => {
      const belief = expertWithout(['language'], drawer, draw(seed), () => state);
      return belief.instance.plan(belief.state()).annotation;
    };
    const tool = stateOf(truth).position(phaseIn(stateOf(truth)).object!);
    return phaseIn(stateOf(truth, {}, { tool, gripping: true, force: () => [-8, 0, 0] })).phase;
  });
  expect(new Set(phases)).toEqual(new Set(['push', 'pull']));
});

it('without touch, the expert of press goes to the depth that is right for the mean button, and up again', () => {
  const { truth, instance, state } = believed(press, 3, 'wrench');
  const name = instance.plan(state()).annotation.object!;
  const [x, y] = stateOf(truth).position(name);
  const closed = { width: 0, tool: [x, y, 0.06] as const };
  const heights = Array.from({ length: 20 }, (_, i) =>
    instance.plan({ ...state(), ...closed, tool: [x, y, 0.06 - 0.001 * i] }),
  );
  const turn = heights.findIndex(({ annotation }) => annotation.phase === 'release');
  expect(heights.slice(0, turn).some(({ annotation }) => annotation.phase === 'press')).toBe(true);
  expect(turn).toBeGreaterThan(0);
  // Once deep enough it stays on the way up, also where it is high again.
  expect(instance.plan({ ...state(), ...closed }).annotation.phase).toBe('release');
});

it('without touch, the expert of drawer pushes half of the drawers before it pulls', () => {
  const phases = Array.from({ length: 200 }, (_, seed) => {
    const { instance, state } = believed(drawer, seed, 'wrench');
    const name = instance.plan(state()).annotation.object!;
    const tool = state().position(name) as readonly [number, number, number];
    return instance.plan({ ...state(), tool, gripping: true }).annotation.phase;
  });
  expect(new Set(phases)).toEqual(new Set(['push', 'pull']));
  const pushed = phases.filter((phase) => phase === 'push').length;
  expect(Math.abs(pushed - 100)).toBeLessThan(4 * Math.sqrt(50));
});

it('the ceilings of a task are rates, and that of insert without touch is the share of its offsets within the clearance', () => {
  for (const { ceilings } of [pick, sort, insert, wipe, press, drawer]) {
    for (const { rate } of Object.values(ceilings!)) expect(rate >= 0 && rate <= 1).toBe(true);
  }
  const SAMPLES = 3000;
  let inside = 0;
  for (let seed = 0; seed < SAMPLES; seed++) {
    const { parts = [] } = insert.draw(draw(seed));
    const [west, east, south, north] = parts[1].shapes;
    const half = ({ geometry }: typeof west, axis: 0 | 1) => (geometry as { size: readonly number[] }).size[axis] / 2;
    const x = (west.pose![0] + half(west, 0) + east.pose![0] - half(east, 0)) / 2;
    const y = (south.pose![1] + half(south, 1) + north.pose![1] - half(north, 1)) / 2;
    if (Math.max(Math.abs(x), Math.abs(y)) < 0.0005) inside++;
  }
  const { rate } = insert.ceilings!.wrench;
  expect(Math.abs(inside / SAMPLES - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / SAMPLES));
});

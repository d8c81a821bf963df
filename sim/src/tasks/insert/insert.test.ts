import { describe, expect, it } from 'vitest';
import type { TaskInstance, TaskState } from '../task.ts';
import { stateOf } from '../testing/state.ts';
import { insert } from './insert.ts';

const CLEARANCE_M = 0.0005;
const SOCKET_HEIGHT_M = 0.022;
const drawn = (seed: number) => insert.draw({ seed, wordings: 'train', swap: false });
const nameOf = ({ named, goal }: TaskInstance) => named.find(({ colour }) => goal.key === `insert ${colour}`)!.object;
const partOf = ({ parts = [] }: TaskInstance, name: string) => parts.find((part) => part.name === name)!;
const otherThan = ({ named }: TaskInstance, name: string) => named.find(({ object }) => object !== name)!.object;

/** Middle and widths of the hole of a socket, from the walls that collide (m, base frame). */
function holeOf(instance: TaskInstance, name: string) {
  const { pose, shapes } = partOf(instance, name);
  const [west, east, south, north] = shapes.filter(({ collides = true }) => collides);
  const edge = (shape: typeof west, axis: 0 | 1, side: number) =>
    pose[axis] + shape.pose![axis] + (side * (shape.geometry as { size: readonly number[] }).size[axis]) / 2;
  const [x0, x1, y0, y1] = [edge(west, 0, 1), edge(east, 0, -1), edge(south, 1, 1), edge(north, 1, -1)];
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, widths: [x1 - x0, y1 - y0], seen: [pose[0], pose[1]] };
}

/** A state with the peg's tip at a depth in the hole of a socket (m). */
function inHole(instance: TaskInstance, name: string, depth: number, more: Partial<TaskState> = {}) {
  const { x, y } = holeOf(instance, name);
  const { size } = partOf(instance, 'peg').shapes[0].geometry as { size: readonly number[] };
  return stateOf(instance, { peg: [x, y, SOCKET_HEIGHT_M - depth + size[2] / 2] }, more);
}

describe('the scene of insert', () => {
  it('has holes that leave 0.5 mm on each side of the peg, up to 3 mm from where they seem to be', () => {
    const offsets: number[] = [];
    for (let seed = 0; seed < 300; seed++) {
      const instance = drawn(seed);
      const { size } = partOf(instance, 'peg').shapes[0].geometry as { size: readonly number[] };
      for (const { object } of instance.named) {
        const { x, y, widths, seen } = holeOf(instance, object);
        for (const i of [0, 1]) expect(widths[i]).toBeCloseTo(size[i] + 2 * CLEARANCE_M, 9);
        offsets.push(x - seen[0], y - seen[1]);
      }
    }
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(0.003);
    // The mean square of a uniform offset is its limit squared over 3.
    const square = offsets.reduce((sum, each) => sum + each * each, 0) / offsets.length;
    expect(square).toBeCloseTo(0.003 ** 2 / 3, 6);
  });

  it('shows nothing of the offset: what is drawn over the walls does not depend on it', () => {
    const { shapes, pose } = partOf(drawn(7), 'socket0');
    const [cover, hole] = shapes.filter(({ collides = true }) => !collides);
    for (const { pose: place } of [cover, hole]) expect(place!.slice(0, 2)).toEqual([0, 0]);
    const half = (cover.geometry as { size: readonly number[] }).size.map((each) => each / 2);
    for (const wall of shapes.filter(({ collides = true }) => collides)) {
      const { size } = wall.geometry as { size: readonly number[] };
      for (const i of [0, 1]) expect(Math.abs(wall.pose![i]) + size[i] / 2).toBeLessThan(half[i]);
      expect(size[2]).toBeLessThan(2 * half[2]);
    }
    expect(pose).toHaveLength(7);
  });

  it('places the sockets apart, in two colours', () => {
    for (let seed = 0; seed < 300; seed++) {
      const instance = drawn(seed);
      const [a, b] = instance.named.map(({ object }) => partOf(instance, object).pose);
      expect(Math.abs(a[1] - b[1])).toBeGreaterThan(0.09);
      expect(instance.named[0].colour).not.toBe(instance.named[1].colour);
    }
  });
});

describe('the judge of insert', () => {
  it('returns success at 95 % of the depth in the named socket, whatever way its spring gave', () => {
    const instance = drawn(3);
    const name = nameOf(instance);
    expect(instance.judge(inHole(instance, name, 0.0185))).toBe('running');
    const pressed = { slide: () => ({ position: -0.001, speed: 0 }) };
    expect(instance.judge(inHole(instance, name, 0.0195, pressed))).toBe('running');
    expect(instance.followedInstruction()).toBeUndefined();
    expect(instance.judge(inHole(instance, name, 0.0195))).toBe('success');
    expect(instance.followedInstruction()).toBe(true);
  });

  it('returns failure in the other socket', () => {
    const instance = drawn(3);
    expect(instance.judge(inHole(instance, otherThan(instance, nameOf(instance)), 0.02))).toBe('failure');
    expect(instance.failureCause?.()).toBe('wrong thing');
    expect(instance.followedInstruction()).toBe(false);
  });

  it('returns failure after a force above 40 N, even when the peg goes in later', () => {
    const instance = drawn(3);
    const pushed = (force: number) => ({ force: () => [0, 0.6 * force, 0.8 * force] as const });
    expect(instance.judge(stateOf(instance, {}, pushed(39)))).toBe('running');
    expect(instance.judge(stateOf(instance, {}, pushed(41)))).toBe('failure');
    expect(instance.judge(inHole(instance, nameOf(instance), 0.02))).toBe('failure');
    expect(instance.failureCause?.()).toBe('too much force');
  });
});

describe('the expert of insert', () => {
  it('knows only where the hole seems to be: it plans the same for any offset', () => {
    const instance = drawn(5);
    const name = nameOf(instance);
    const { seen } = holeOf(instance, name);
    const reach = 0.035;
    const at = (x: number, y: number, above: number, push = 0) =>
      instance.plan(
        stateOf(
          instance,
          {},
          { tool: [seen[0] + x, seen[1] + y, SOCKET_HEIGHT_M + reach + above], force: () => [0, 0, push] },
        ),
      );
    expect(at(0.02, 0.1, 0.2).annotation.phase).toBe('reach');
    const [{ position }] = at(0.02, 0.1, 0.2).waypoints;
    expect(Math.hypot(position[0] - seen[0], position[1] - seen[1])).toBeLessThan(0.006);
    const search = at(0, 0, 0, 3);
    expect(search.annotation).toMatchObject({ phase: 'push', object: name, grasped: true });
    expect(search.waypoints[0].force?.[2]).toBeLessThan(0);
    expect(search.waypoints[0].stiffness?.[2]).toBe(0);
    expect(at(0, 0, -0.005).annotation.phase).toBe('insert');
  });
});

import { describe, expect, it } from 'vitest';
import { pick } from './pick.ts';
import { stateOf } from './testing/state.ts';

const drawn = (seed: number) => pick.draw({ seed, wordings: 'train', swap: false });
const COLOUR_COUNT = 6;
const SHAPE_COUNT = 3;

describe('the scene of pick', () => {
  it('has four blocks of four colours with room for the open gripper', () => {
    for (let seed = 0; seed < 2000; seed++) {
      const { objects, named } = drawn(seed);
      expect(objects).toHaveLength(4);
      expect(new Set(named.map(({ colour }) => colour)).size).toBe(4);
      objects.forEach(({ pose: a }, i) => {
        for (const { pose: b } of objects.slice(0, i)) {
          expect(Math.abs(a[0] - b[0]) >= 0.095 || Math.abs(a[1] - b[1]) >= 0.115).toBe(true);
        }
      });
    }
  });

  it('covers every colour and shape, and every block fits into the gripper', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const { objects, named } = drawn(seed);
      for (const { colour, shape } of named) {
        seen.add(`${colour} ${shape}`);
      }
      for (const { geometry } of objects) {
        const width = geometry.type === 'box' ? geometry.size[1] : 2 * (geometry as { radius: number }).radius;
        expect(width).toBeLessThan(0.05);
      }
    }
    expect(seen.size).toBe(COLOUR_COUNT * SHAPE_COUNT);
  });
});

describe('the judge of pick', () => {
  const lift = (seed: number, name: string, seconds: number) => {
    const instance = drawn(seed);
    const { pose } = instance.objects.find((object) => object.name === name)!;
    const up = stateOf(instance, { [name]: [pose[0], pose[1], pose[2] + 0.12] });
    let verdict = instance.judge({ ...up, time: 0 });
    for (let k = 1; k * 0.02 <= seconds + 1e-9 && verdict === 'running'; k++) {
      verdict = instance.judge({ ...up, time: k * 0.02 });
    }
    return { verdict, followed: instance.followedInstruction() };
  };
  const target = (seed: number) => drawn(seed).plan(stateOf(drawn(seed))).annotation.object!;
  const other = (seed: number) => drawn(seed).objects.find(({ name }) => name !== target(seed))!.name;

  it('requires the block to stay lifted for 2 s', () => {
    expect(lift(3, target(3), 1.9)).toEqual({ verdict: 'running', followed: true });
    expect(lift(3, target(3), 2.1)).toEqual({ verdict: 'success', followed: true });
  });

  it('returns failure for another block, and reports that the instruction was not followed', () => {
    expect(lift(3, other(3), 2.1)).toEqual({ verdict: 'failure', followed: false });
  });

  it('returns running while no block is lifted', () => {
    const instance = drawn(3);
    expect(instance.judge(stateOf(instance))).toBe('running');
    expect(instance.followedInstruction()).toBeUndefined();
  });
});

describe('the expert of pick', () => {
  it('moves above the named block with an open gripper, and annotates its position', () => {
    const instance = drawn(11);
    const state = stateOf(instance);
    const { waypoints, annotation } = instance.plan(state);
    const place = state.position(annotation.object!);
    expect(annotation).toMatchObject({ place, grasped: false, heldMass: 0, phase: 'reach' });
    expect(waypoints[0].position.slice(0, 2)).toEqual(place.slice(0, 2));
    expect(waypoints[0].width).toBeGreaterThan(0.07);
    expect(waypoints[0].position[2]).toBeGreaterThan(place[2] + 0.05);
  });

  it('lifts the named block, and puts a wrong block back first', () => {
    const instance = drawn(11);
    const named = instance.plan(stateOf(instance)).annotation.object!;
    const wrong = instance.objects.find(({ name }) => name !== named)!;
    const holding = (name: string) => {
      const at = [0.45, 0, 0.1] as const;
      return instance.plan(stateOf(instance, { [name]: at }, { tool: at, width: 0.04, gripping: true }));
    };
    const right = holding(named);
    expect(right.annotation).toMatchObject({ grasped: true, phase: 'lift' });
    expect(right.waypoints[0].position[2]).toBeGreaterThan(0.14);
    expect(right.waypoints[0].width).toBe(0);
    const down = holding(wrong.name);
    expect(down.annotation).toMatchObject({ grasped: true, heldMass: wrong.mass, phase: 'put_back' });
    expect(down.waypoints[0].position[2]).toBeLessThan(0.06);
  });
});

import { MessageError } from '@praxis/wire';
import { describe, expect, it } from 'vitest';
import { JointTargets } from './controllers.ts';

const EMPTY = new Float64Array(0);
const trajectory = (points: readonly (readonly [time: number, ...positions: number[]])[], names = ['a', 'b']) => ({
  header: { stamp: { sec: 0, nanosec: 0 }, frame_id: '' },
  joint_names: names,
  points: points.map(([time, ...positions]) => ({
    positions: Float64Array.from(positions),
    velocities: EMPTY,
    accelerations: EMPTY,
    effort: EMPTY,
    time_from_start: { sec: Math.floor(time), nanosec: Math.round((time % 1) * 1e9) },
  })),
});
const targets = () => new JointTargets(['a', 'b'], Float64Array.of(0, 0));
const forward = (arm: JointTargets, target: readonly number[], now: number) => {
  arm.queueTarget(Float64Array.from(target));
  arm.takeTarget(now, 0);
};

describe('JointTargets', () => {
  it('reaches a target within the look-ahead time of the drives and stays there', () => {
    const arm = targets();
    forward(arm, [1, -1], 0);
    arm.interpolate(0.01);
    expect([...arm.position]).toEqual([0.5, -0.5]);
    for (const time of [0.02, 5]) {
      arm.interpolate(time);
      expect([...arm.position]).toEqual([1, -1]);
    }
  });

  it('interpolates linearly between the points of a trajectory and maps joints by name', () => {
    const arm = targets();
    arm.follow(
      trajectory(
        [
          [1, 10, 1],
          [3, 20, 2],
        ],
        ['b', 'a'],
      ),
      100,
    );
    arm.interpolate(100.5);
    expect([...arm.position]).toEqual([0.5, 5]);
    arm.interpolate(102);
    expect([...arm.position]).toEqual([1.5, 15]);
    arm.interpolate(104);
    expect([...arm.position]).toEqual([2, 20]);
  });

  it('continues from the current position when a new target arrives', () => {
    const arm = targets();
    arm.follow(trajectory([[1, 1, 0]]), 0);
    forward(arm, [0, 0], 0.5);
    expect(arm.position[0]).toBe(0.5);
    arm.interpolate(1);
    expect(arm.position[0]).toBe(0);
  });

  it('moves as evenly when targets arrive together after a pause as when they arrive one by one', () => {
    const targetAt = (k: number) => Float64Array.of(0.001 * k, 0);
    const onTime = targets();
    const late = targets();
    const [even, uneven]: number[][] = [[], []];
    for (let k = 0; k < 60; k++) {
      onTime.queueTarget(targetAt(k));
      onTime.takeTarget(0.002 * k, 0);
      onTime.interpolate(0.002 * k);
      even.push(onTime.position[0]);
    }
    // The simulator stands still for 15 periods and then makes them good, while targets go on arriving.
    let received = 0;
    for (let now = 0, k = 0; k < 60; now++) {
      for (; received <= now && received < 60; received++) late.queueTarget(targetAt(received));
      if (now > 20 && now < 36) continue;
      for (let done = 0; done < 2 && k <= now && k < 60; done++, k++) {
        late.takeTarget(0.002 * k, now - k);
        late.interpolate(0.002 * k);
        uneven.push(late.position[0]);
      }
    }
    for (const [k, value] of even.entries()) expect(uneven[k]).toBeCloseTo(value, 12);
  });

  it('drops targets that came faster than periods', () => {
    const arm = targets();
    for (const x of [1, 2, 3]) arm.queueTarget(Float64Array.of(x, 0));
    arm.takeTarget(0, 0);
    arm.interpolate(1);
    expect(arm.position[0]).toBe(3);
  });

  it('refuses an invalid target and keeps the previous one', () => {
    const arm = targets();
    for (const wrong of [Float64Array.of(1), Float64Array.of(1, Number.NaN)]) {
      expect(() => arm.queueTarget(wrong)).toThrow(MessageError);
    }
    expect(() => arm.follow(trajectory([[1, 1, 1]], ['a', 'c']), 0)).toThrow('no b among a, c');
    expect(() =>
      arm.follow(
        trajectory([
          [2, 1, 1],
          [1, 1, 1],
        ]),
        0,
      ),
    ).toThrow('point 1 comes before');
    expect(() => arm.follow(trajectory([[1, Number.POSITIVE_INFINITY, 1]]), 0)).toThrow(MessageError);
    arm.interpolate(10);
    expect([...arm.position]).toEqual([0, 0]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskState, Waypoint } from '../tasks/task.ts';
import { rollOut } from './roll-out.ts';

const HORIZON = 16;
const ACTION_PERIOD_S = 0.05;
/** Minimum speed of the roll-out: the tool keeps it close to a waypoint. */
const MIN_SPEED_M_S = 0.03;

const coordinate = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const point = fc.tuple(coordinate, coordinate, coordinate);
const waypoint = fc.record<Waypoint>({
  position: point,
  width: fc.double({ min: 0, max: 0.08, noNaN: true }),
  speed: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
  tolerance: fc.double({ min: 0.002, max: 0.04, noNaN: true }),
  dwell: fc.double({ min: 0, max: 0.5, noNaN: true }),
});

const from = (tool: readonly [number, number, number]): TaskState => ({
  time: 0,
  tool,
  rotation: [Math.PI, 0, 0],
  width: 0.08,
  widthSpeed: 0,
  gripping: false,
  position: () => [0, 0, 0],
  slide: () => ({ position: 0, speed: 0 }),
  force: () => [0, 0, 0],
});
type Rows = ReturnType<typeof rollOut>;
const poseOf = ({ arm }: Rows, k: number) => arm.data.subarray(7 * k, 7 * k + 7);
const widthOf = ({ gripper }: Rows, k: number) => gripper.data[k];
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

describe('rollOut', () => {
  it('keeps the speed limit of the fastest waypoint in every row and points the tool down', () => {
    fc.assert(
      fc.property(point, fc.array(waypoint, { minLength: 1, maxLength: 4 }), (tool, waypoints) => {
        const rows = rollOut(from(tool), waypoints, HORIZON, ACTION_PERIOD_S);
        const limit = Math.max(MIN_SPEED_M_S, ...waypoints.map(({ speed }) => speed)) * ACTION_PERIOD_S;
        let last: ArrayLike<number> = tool;
        for (let k = 0; k < HORIZON; k++) {
          const now = poseOf(rows, k);
          expect(distance(now, last)).toBeLessThanOrEqual(limit + 1e-12);
          expect([...now.subarray(3, 7)]).toEqual([1, 0, 0, 0]);
          expect(waypoints.map(({ width }) => width)).toContain(widthOf(rows, k));
          last = now;
        }
      }),
    );
  });

  it('approaches each waypoint at the speed of that waypoint', () => {
    const slow = { position: [0, 0, 1], width: 0, speed: 0.1, tolerance: 0.01, dwell: 0 } as const;
    const rows = rollOut(from([0, 0, 0]), [slow], HORIZON, ACTION_PERIOD_S);
    for (let k = 0; k < HORIZON; k++) expect(poseOf(rows, k)[2]).toBeCloseTo((k + 1) * 0.1 * ACTION_PERIOD_S, 12);
  });

  it('never steps past the only waypoint, and holds it on arrival', () => {
    fc.assert(
      fc.property(point, waypoint, (tool, only) => {
        let last = distance(tool, only.position);
        const horizon = Math.ceil(last / (only.speed * ACTION_PERIOD_S)) + 200;
        const rows = rollOut(from(tool), [only], horizon, ACTION_PERIOD_S);
        for (let k = 0; k < horizon; k++) {
          const left = distance(poseOf(rows, k), only.position);
          expect(left).toBeLessThanOrEqual(last + 1e-12);
          last = left;
        }
        expect(last).toBeLessThan(1e-6);
        expect(widthOf(rows, horizon - 1)).toBe(only.width);
      }),
    );
  });

  it('leaves a waypoint only after its dwell time', () => {
    const here = { position: [0, 0, 0], width: 0, speed: 0.1, tolerance: 0.01, dwell: 0.2 } as const;
    const next = { ...here, position: [1, 0, 0] as const, width: 0.08 };
    const rows = rollOut(from([0, 0, 0]), [here, next], HORIZON, ACTION_PERIOD_S);
    const widths = Array.from({ length: HORIZON }, (_, k) => widthOf(rows, k));
    const closed = widths.filter((width) => width === 0).length;
    expect(closed * ACTION_PERIOD_S).toBeGreaterThanOrEqual(0.2);
    expect(closed * ACTION_PERIOD_S).toBeLessThanOrEqual(0.2 + 2 * ACTION_PERIOD_S);
  });

  it('creeps at the speed of a waypoint that is slower than the least speed', () => {
    const slow = { position: [0, 0, 1], width: 0, speed: 0.002, tolerance: 0.01, dwell: 0 } as const;
    const rows = rollOut(from([0, 0, 0]), [slow], HORIZON, ACTION_PERIOD_S);
    expect(poseOf(rows, HORIZON - 1)[2]).toBeCloseTo(HORIZON * 0.002 * ACTION_PERIOD_S, 12);
  });

  it('turns about the vertical from the orientation that the tool has, no faster than 1.2 rad/s', () => {
    const turn = { position: [0, 0, 0], width: 0, speed: 0.1, tolerance: 0.01, dwell: 0, yaw: 0.5 } as const;
    const rows = rollOut(from([0, 0, 0]), [turn], HORIZON, ACTION_PERIOD_S);
    const yaw = (k: number) => {
      const [x, y] = poseOf(rows, k).subarray(3);
      return 2 * Math.atan2(y, x);
    };
    for (let k = 0; k < HORIZON; k++) expect(yaw(k)).toBeCloseTo(Math.min(0.5, (k + 1) * 1.2 * ACTION_PERIOD_S), 9);
  });

  it('gives stiffness and force of each waypoint, and a stiff tool without force by default', () => {
    const here = { position: [0, 0, 0], width: 0, speed: 0.1, tolerance: 0.01, dwell: 0 } as const;
    const soft = { ...here, stiffness: [1, 2, 3], force: [0, 0, -4] } as const;
    const rows = rollOut(from([0, 0, 0]), [here, soft], 2, ACTION_PERIOD_S);
    expect(rows.stiffness).toEqual({ space: 'stiffness', data: Float64Array.of(5000, 5000, 5000, 1, 2, 3) });
    expect(rows.force).toEqual({ space: 'wrench', data: Float64Array.of(0, 0, 0, 0, 0, -4) });
  });
});

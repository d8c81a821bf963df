import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ODOMETRY_NAMES, Odometry } from './odometry.ts';

const BASE = { wheelRadius: 0.1, track: 0.3, left: ['left'], right: ['right'] };
const place = (sample: Float64Array) => [sample[0], sample[1], 2 * Math.atan2(sample[5], sample[6])];

/** Odometry after a way of each wheel (m), in equal steps. */
function driven(left: number, right: number, steps: number): Float64Array {
  const odometry = new Odometry(BASE);
  let sample = odometry.advance([0, 0], [0, 0]);
  for (let k = 1; k <= steps; k++) {
    const position = [left, right].map((way) => (way * k) / steps / BASE.wheelRadius);
    sample = odometry.advance(position, [0, 0]);
  }
  return sample;
}

describe('dead reckoning of a differential drive', () => {
  it('is exact on an arc, however few steps it has', () => {
    const way = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(way, way, (left, right) => {
        // The heading of one step has to be unambiguous.
        fc.pre(Math.abs(right - left) / BASE.track < 3);
        const [once, often] = [place(driven(left, right, 1)), place(driven(left, right, 500))];
        for (const [i, value] of once.entries()) expect(value).toBeCloseTo(often[i], 9);
      }),
    );
  });

  it('knows a quarter of a circle to the left', () => {
    // The middle of the axle drives on a circle of 1 m.
    const quarter = Math.PI / 2;
    const [x, y, heading] = place(driven(quarter * (1 - 0.15), quarter * (1 + 0.15), 1));
    expect([x, y, heading].map((value) => Math.round(1e9 * value) / 1e9)).toEqual([
      1,
      1,
      Math.round(1e9 * quarter) / 1e9,
    ]);
  });

  it('begins where the wheels are at the first reading, and gives the twist in the axes of the base', () => {
    const odometry = new Odometry(BASE);
    const sample = odometry.advance([0, 70, 80, 0], [0, 1, 3, 0], 1);
    const named = Object.fromEntries(ODOMETRY_NAMES.map((name, i) => [name, sample[i]]));
    expect(named).toMatchObject({ x: 0, y: 0, qw: 1, vy: 0, vz: 0, wx: 0, wy: 0 });
    expect(named.vx).toBeCloseTo(0.2, 12);
    expect(named.wz).toBeCloseTo(0.2 / 0.3, 12);
  });
});

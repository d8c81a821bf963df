import type { Random } from '@praxis/core';

/** A unit vector, every direction as likely as every other. */
export function direction(random: Random): readonly [number, number, number] {
  const [x, y, z] = [random.normal(0, 1), random.normal(0, 1), random.normal(0, 1)];
  const length = Math.sqrt(x * x + y * y + z * z);
  return length > 0 ? [x / length, y / length, z / length] : [0, 0, 1];
}

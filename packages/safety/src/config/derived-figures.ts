import type { DistanceConfig } from './filter-config.ts';
import type { SafetyConfig } from './safety-config.ts';

/** The figures of a derived configuration that a person who starts the robot has to know, with their units, in one line. */
export function derivedFigures({ filter, force }: SafetyConfig): string {
  const { acceleration } = filter.limits;
  const accelerations = typeof acceleration === 'number' ? [acceleration] : Object.values(acceleration);
  return [
    `acceleration ${Math.min(...accelerations)}..${Math.max(...accelerations)} rad/s^2`,
    ...(filter.cartesian ? [`tool speed ${filter.cartesian.speed} m/s`] : []),
    ...(filter.gripper ? [`gripper up to ${filter.gripper.maximum} m`] : []),
    ...(filter.distance ? [distanceFigures(filter.distance)] : []),
    ...(force ? [`contact of ${force.free.force} N, below ${force.expect.below} m of ${force.expected.force} N`] : []),
  ].join(', ');
}

function distanceFigures({ margin, linkCapsules = {}, ignorePairs = [] }: DistanceConfig): string {
  const links = Object.values(linkCapsules).filter(({ length }) => length > 0).length;
  return `${links} links ${margin} m apart (${ignorePairs.length} pairs not watched)`;
}

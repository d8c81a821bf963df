import { InputError } from '@praxis/core';
import type { BodyRegion, ContactLimits } from '../../config/filter-config.ts';

/**
 * Largest permissible quasi-static force (N) on a body region: the lesser of its force limit and its pressure limit.
 * @param area contact area (cm^2)
 */
export const quasiStaticLimit = (region: BodyRegion, area: number): number =>
  Math.min(region.quasiStaticForce, region.quasiStaticPressure * area);

/**
 * Largest permissible force (N) on a body region in a transient contact.
 * @param area contact area (cm^2)
 */
export const transientLimit = (region: BodyRegion, area: number): number =>
  quasiStaticLimit(region, area) * region.transientFactor;

/**
 * Largest speed (m/s) of the robot towards a body region at which a transient contact keeps the region's limit:
 * v = F / sqrt(mu k), with the reduced mass mu = 1 / (1 / m_H + 1 / m_R) (ISO/TS 15066:2016, A.3.4).
 * @param area contact area (cm^2)
 * @param robotMass effective mass of the robot (kg): half of its moving mass plus the load, by the same text
 */
export function contactSpeedLimit(region: BodyRegion, area: number, robotMass: number): number {
  const reducedMass = 1 / (1 / region.effectiveMass + 1 / robotMass);
  return transientLimit(region, area) / Math.sqrt(reducedMass * region.springConstant);
}

/**
 * Fastest speed (m/s) at which a transient contact keeps the limits of every exposed region, with the robot's effective
 * mass M / 2 + m_L (ISO/TS 15066:2016, A.3.4). It is infinite if no region is exposed.
 * @throws {InputError} for an exposed region that the table lacks.
 */
export function exposedSpeed({ regions, exposed, movingMass, payload, contactArea }: ContactLimits): number {
  const speeds = exposed.map((name) => {
    const region = regions[name];
    if (region) return contactSpeedLimit(region, contactArea, movingMass / 2 + payload);
    const known = Object.keys(regions).join(', ') || 'none';
    throw new InputError(`contact.exposed: region "${name}" is unknown; the table has ${known}`);
  });
  return Math.min(Number.POSITIVE_INFINITY, ...speeds);
}

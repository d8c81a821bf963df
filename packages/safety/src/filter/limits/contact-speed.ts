import type { BodyRegion } from '../../config/force-config.ts';

/** Largest force (N) on a region through a contact of `area` (cm^2): the lesser of force limit and pressure limit. */
export const quasiStaticLimit = (region: BodyRegion, area: number): number =>
  Math.min(region.quasiStaticForce, region.quasiStaticPressure * area);

/** The same for a contact that is shorter than the transient time. */
export const transientLimit = (region: BodyRegion, area: number): number =>
  quasiStaticLimit(region, area) * region.transientFactor;

/**
 * Largest speed (m/s) of the robot towards a region at which a transient contact keeps its limit: v = F / sqrt(mu k), with
 * the reduced mass mu = 1 / (1 / m_H + 1 / m_R) (ISO/TS 15066:2016, A.3.4).
 * @param robotMass effective mass of the robot (kg): half of its moving mass, and the load, by the same text
 */
export function contactSpeedLimit(region: BodyRegion, area: number, robotMass: number): number {
  const reducedMass = 1 / (1 / region.effectiveMass + 1 / robotMass);
  return transientLimit(region, area) / Math.sqrt(reducedMass * region.springConstant);
}

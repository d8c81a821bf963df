import { InputError } from '@praxis/core';
import { contactSpeedLimit } from '../filter/limits/contact-speed.ts';
import type { BodyRegion } from './force-config.ts';

/**
 * Power and force limiting of an application in the form of ISO/TS 15066:2016. The figures of the regions come from
 * whoever assesses the risk; none is built in.
 */
export interface ContactLimits {
  /** By name. */
  readonly regions: Readonly<Record<string, BodyRegion>>;
  /** Regions that the robot may meet; the most delicate one counts. */
  readonly exposed: readonly string[];
  /** Mass of the robot's moving parts (kg). */
  readonly movingMass: number;
  /** Mass of tool and workpiece (kg). */
  readonly payload: number;
  /** Smallest area with which the robot can touch (cm^2). */
  readonly contactArea: number;
}

/**
 * Fastest speed (m/s) at which a transient contact keeps the limits of every exposed region, with the robot's effective
 * mass M / 2 + m_L (A.3.4); infinite where none is exposed.
 * @throws {InputError} for an exposed region that the table has not.
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

import type { Wrench } from '@praxis/core';
import { type Header, MessageError, type WrenchStamped } from '../messages/messages.ts';

/**
 * Converts a wrench message: force first (N, Nm), in the header's frame.
 * @throws {MessageError} when a number is not finite.
 */
export function wrenchOf({ wrench: { force, torque } }: WrenchStamped): Wrench {
  const values = Float64Array.of(force.x, force.y, force.z, torque.x, torque.y, torque.z);
  if (values.every(Number.isFinite)) return values;
  throw new MessageError(`wrench: ${values.join(', ')}, expected finite numbers`);
}

/** Converts a wrench (N, Nm, force first, in the header's frame) to a message. */
export function wrenchStampedOf([fx, fy, fz, tx, ty, tz]: Wrench, header: Header): WrenchStamped {
  return { header, wrench: { force: { x: fx, y: fy, z: fz }, torque: { x: tx, y: ty, z: tz } } };
}

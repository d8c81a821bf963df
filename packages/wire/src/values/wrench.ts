import type { Wrench } from '@praxis/core';
import { type Header, MessageError, type WrenchStamped } from '../messages/messages.ts';

/** The wrench in a message: force first, N and Nm, in the header's frame. @throws {MessageError} for a number that is not finite. */
export function wrenchOf({ wrench: { force, torque } }: WrenchStamped): Wrench {
  const values = Float64Array.of(force.x, force.y, force.z, torque.x, torque.y, torque.z);
  if (values.every(Number.isFinite)) return values;
  throw new MessageError(`wrench: ${values.join(', ')}, expected finite numbers`);
}

/** The message of a wrench: force first, N and Nm, in the header's frame. */
export function wrenchStampedOf([fx, fy, fz, tx, ty, tz]: Wrench, header: Header): WrenchStamped {
  return { header, wrench: { force: { x: fx, y: fy, z: fz }, torque: { x: tx, y: ty, z: tz } } };
}

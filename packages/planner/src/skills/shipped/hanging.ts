import { vector3 } from '@praxis/core';
import type { SkillReading } from '../skill.ts';
import type { FeltWrench } from './contact.ts';
import { acrossFingers } from './finger-axis.ts';

/** A lighter load tells too little of where it hangs (N). */
const LEAST_WEIGHT_N = 0.3;

/**
 * Where the weight of what the fingers hold acts: the distance from the tool, across the fingers, at which a weight makes the torque that is felt about
 * the tool (m, positive away from the base). In the simulator it was at most 2.3 mm off the middle of the thing in nine grasps of 0.1 and 0.4 kg.
 * @param reading of the moment
 * @param empty mean contact before the fingers closed, at the same orientation of the tool
 * @param loaded mean contact with the thing in the air
 * @returns undefined for a load too light to tell, and for a sensor without torque
 */
export function offsetOfWeight(
  reading: Pick<SkillReading, 'tool'>,
  empty: FeltWrench,
  loaded: FeltWrench,
): number | undefined {
  const weight = empty.force[2] - loaded.force[2];
  if (weight < LEAST_WEIGHT_N || !loaded.torque || !empty.torque) return undefined;
  const [acrossX, acrossY] = acrossFingers(reading);
  const [torqueX, torqueY] = vector3.minus(loaded.torque, empty.torque);
  return (torqueY * acrossX - torqueX * acrossY) / weight;
}

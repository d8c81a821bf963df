import type { ControlLoop } from '@praxis/core';
import { DEFAULT_LIMITS } from '../dialogue/limits.ts';
import type { Snapshot } from '../dialogue/snapshot.ts';

/**
 * What questions are answered from, of a loop as it is now.
 * @param now s, on the robot's clock
 * @param maximum width of the gripper (m)
 */
export function loopSnapshot(loop: ControlLoop, now: number, maximum = DEFAULT_LIMITS.maximumWidth): Snapshot {
  const { contact, endEffector } = loop.derived;
  const { pose, width, known } = endEffector;
  const grounding = loop.lastChunk?.grounding;
  return {
    loop: loop.state(),
    ...(known ? { pose: Float64Array.from(pose), gripper: { width, maximum } } : {}),
    ...(contact ? { wrench: { value: Float64Array.from(contact.newest), age: now - contact.stamp } } : {}),
    ...(grounding ? { grounding } : {}),
  };
}

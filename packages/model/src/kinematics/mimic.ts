import type { Joint } from '../robot-model.ts';

/** The joint that drives another in the end: position = multiplier * (position of `joint`) + offset. */
export interface Driver {
  readonly joint: Joint;
  readonly multiplier: number;
  readonly offset: number;
}

/** Follows a chain of mimics to the joint that mimics none; a joint that mimics none drives itself. */
export function driverOf(joint: Joint, byName: ReadonlyMap<string, Joint>): Driver {
  const { mimic } = joint;
  if (!mimic) return { joint, multiplier: 1, offset: 0 };
  const { joint: source, multiplier, offset } = driverOf(byName.get(mimic.joint)!, byName);
  return {
    joint: source,
    multiplier: mimic.multiplier * multiplier,
    offset: mimic.multiplier * offset + mimic.offset,
  };
}

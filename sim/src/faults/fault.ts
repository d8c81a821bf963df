import type { Random } from '@praxis/core';
import type { Heartbeat } from '../safety/heartbeat.ts';
import type { LoopLink } from './points/loop-link.ts';
import type { FaultyPolicy } from './points/policy.ts';
import type { FaultyRobot } from './points/robot.ts';
import type { Strike } from './strike/strike.ts';
import type { Striker } from './strike/striker.ts';

/** Where faults get in. Everything is well until one of these is told otherwise. */
export interface FaultPoints {
  readonly policy: FaultyPolicy;
  /** Of the policy's process. */
  readonly heartbeat: Heartbeat;
  /** Sensors and clock. */
  readonly robot: FaultyRobot;
  /** The thread of the control loop. */
  readonly link: LoopLink;
  /** In the scene of a fault that asks for it. */
  readonly striker: Striker | undefined;
}

/** The true state of the moment. */
export interface Moment {
  /** s, the simulator's time. */
  readonly time: number;
  /** Of the hand (m/s, world). */
  readonly velocity: readonly [number, number, number];
}

/** Something that goes wrong, by name. */
export interface Fault {
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  /** `moving`: while the hand moves. `any`: whatever the arm does. */
  readonly when: 'any' | 'moving';
  /** What stands ready in the scene to strike; undefined for faults that need none. */
  readonly strike: Strike | undefined;
  /**
   * Makes it go wrong, from now on.
   * @param random of this fault and this episode
   * @param moment when it happens
   */
  inject(points: FaultPoints, random: Random, moment: Moment): void;
}

/** A fault that neither waits for motion nor strikes. */
export const fault = (name: string, summary: string, inject: Fault['inject']): Fault => ({
  name,
  summary,
  when: 'any',
  strike: undefined,
  inject,
});

/** A unit vector, every direction as likely as every other. */
export function direction(random: Random): readonly [number, number, number] {
  const [x, y, z] = [random.normal(0, 1), random.normal(0, 1), random.normal(0, 1)];
  const length = Math.sqrt(x * x + y * y + z * z);
  return length > 0 ? [x / length, y / length, z / length] : [0, 0, 1];
}

import type { Random } from '@praxis/core';
import type { Heartbeat } from '../safety/heartbeat.ts';
import type { Impact } from './impact/impact.ts';
import type { Impactor } from './impact/impactor.ts';
import type { FaultyPolicy } from './injection/faulty-policy.ts';
import type { FaultyRobot } from './injection/faulty-robot.ts';
import type { LoopTransport } from './injection/loop-transport.ts';

/** Where faults get in. Everything is well until one of these is told otherwise. */
export interface InjectionPoints {
  readonly policy: FaultyPolicy;
  /** Of the policy's process. */
  readonly heartbeat: Heartbeat;
  /** Sensors and clock. */
  readonly robot: FaultyRobot;
  /** The thread of the control loop. */
  readonly transport: LoopTransport;
  /** In the scene of a fault that asks for it. */
  readonly impactor: Impactor | undefined;
}

/** The true state of the moment. */
export interface FaultContext {
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
  readonly impact: Impact | undefined;
  /**
   * Makes it go wrong, from now on.
   * @param random of this fault and this episode
   * @param moment when it happens
   */
  inject(points: InjectionPoints, random: Random, moment: FaultContext): void;
}

/** A fault that neither waits for motion nor strikes. */
export const defineFault = (name: string, summary: string, inject: Fault['inject']): Fault => ({
  name,
  summary,
  when: 'any',
  impact: undefined,
  inject,
});

/** A unit vector, every direction as likely as every other. */
export function direction(random: Random): readonly [number, number, number] {
  const [x, y, z] = [random.normal(0, 1), random.normal(0, 1), random.normal(0, 1)];
  const length = Math.sqrt(x * x + y * y + z * z);
  return length > 0 ? [x / length, y / length, z / length] : [0, 0, 1];
}

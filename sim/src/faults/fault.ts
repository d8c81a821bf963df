import type { Random } from '@praxis/core';
import type { Heartbeat } from '../safety/heartbeat.ts';
import type { Impact } from './impact/impact.ts';
import type { Impactor } from './impact/impactor.ts';
import type { FaultyPolicy } from './injection/faulty-policy.ts';
import type { FaultyRobot } from './injection/faulty-robot.ts';
import type { LoopTransport } from './injection/loop-transport.ts';

/** Objects through which a fault acts on an episode. None of them changes the episode until a fault uses it. */
export interface InjectionPoints {
  readonly policy: FaultyPolicy;
  /** Heartbeat of the policy's process. */
  readonly heartbeat: Heartbeat;
  /** Sensors and clock of the arm. */
  readonly robot: FaultyRobot;
  /** Thread of the control loop and its commands. */
  readonly transport: LoopTransport;
  /** Body that can strike the arm; undefined unless the fault has an {@link Fault.impact}. */
  readonly impactor: Impactor | undefined;
}

/** True state of the scene at the injection. */
export interface FaultContext {
  /** Simulated time (s). */
  readonly time: number;
  /** Velocity of the hand (m/s, world frame). */
  readonly velocity: readonly [number, number, number];
}

/** A named fault that an episode can inject once. */
export interface Fault {
  /** Name in lower case with underscores. */
  readonly name: string;
  /** Other names that a command line may use. Default: none. */
  readonly aliases?: readonly string[];
  /** One-line description for reports and help texts. */
  readonly summary: string;
  /** `moving`: only while the hand moves. `any`: in any state of the arm. */
  readonly when: 'any' | 'moving';
  /** Body that the scene needs for this fault; undefined for faults without an impact. */
  readonly impact: Impact | undefined;
  /**
   * Injects the fault. It lasts until the end of the episode.
   * @param random stream of random numbers for this fault in this episode
   */
  inject(points: InjectionPoints, random: Random, context: FaultContext): void;
}

/** Makes a fault that does not wait for motion and has no impact. */
export const defineFault = (name: string, summary: string, inject: Fault['inject']): Fault => ({
  name,
  summary,
  when: 'any',
  impact: undefined,
  inject,
});

/** Draws a unit vector, uniformly distributed over the sphere. */
export function direction(random: Random): readonly [number, number, number] {
  const [x, y, z] = [random.normal(0, 1), random.normal(0, 1), random.normal(0, 1)];
  const length = Math.sqrt(x * x + y * y + z * z);
  return length > 0 ? [x / length, y / length, z / length] : [0, 0, 1];
}

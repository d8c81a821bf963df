import type { Observable } from 'rxjs';
import type { Clock } from '../signals/clock.ts';
import type { RobotSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { ArmCommand, StreamValue } from '../signals/values.ts';

/**
 * Port: a robot, real or simulated. It publishes a spec, streams by name, and takes commands by name.
 *
 * Every stream is hot and multicast: subscribing does not start the sensor, unsubscribing does not stop it, and a late
 * subscriber sees only what comes later. Buffers handed out are never written again by the robot.
 */
export interface Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  /** Samples of one stream. @throws {UnknownStreamError} when the spec has no such name. */
  stream(name: string): Observable<Stamped<StreamValue>>;
  /**
   * Takes the newest target; the robot holds the last one until the next comes. It copies what it keeps: the caller may
   * use the same buffers for the next command.
   * @throws {CommandError} on a wrong name, size, or a value that is not finite; the robot then keeps its last target.
   */
  command(name: string, command: Stamped<ArmCommand>): void;
  /** Starts the sensors. */
  start(): Promise<void>;
  /** Stops sensors and motion, completes every stream. Safe to call twice. */
  stop(): Promise<void>;
}

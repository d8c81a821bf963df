import type { Observable } from 'rxjs';
import type { Clock } from '../signals/clock.ts';
import type { RobotSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { ArmCommand, StreamValue } from '../signals/values.ts';

/**
 * Port: a real or simulated robot. It publishes a spec and streams by name, and accepts commands by name.
 *
 * Every stream is hot and multicast: subscriptions neither start nor stop the sensor, and a late subscriber gets only
 * later samples. The robot never writes to a published buffer again.
 */
export interface Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  /**
   * Returns the samples of one stream.
   * @throws {UnknownStreamError} when the spec has no stream of this name.
   */
  stream(name: string): Observable<Stamped<StreamValue>>;
  /**
   * Sets the target, which the robot holds until the next command. The robot copies the command, so the caller may
   * reuse its buffers.
   * @throws {CommandError} when the name or size is wrong or a number is not finite; the robot then keeps its last
   * target.
   */
  command(name: string, command: Stamped<ArmCommand>): void;
  /** Starts the sensors. */
  start(): Promise<void>;
  /** Stops the sensors and all motion, and completes every stream. A second call does nothing. */
  stop(): Promise<void>;
}

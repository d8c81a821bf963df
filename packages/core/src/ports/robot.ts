import type { Observable } from 'rxjs';
import type { Clock } from '../signals/clock.ts';
import type { RobotSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { RobotCommand, StreamValue } from '../signals/values.ts';

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
  command(name: string, command: Stamped<RobotCommand>): void;
  /** Starts the sensors. */
  start(): Promise<void>;
  /** Stops the sensors and all motion, and completes every stream. A second call does nothing. */
  stop(): Promise<void>;
}

/**
 * A {@link Robot} that wraps another one. Every call passes through unchanged, and a subclass overrides only the calls
 * that it alters. Supervision, recording, fault injection and derived robots use it.
 *
 * @example
 * class CountingRobot extends RobotDecorator {
 *   commands = 0;
 *   override command(name: string, command: Stamped<RobotCommand>): void {
 *     this.commands++;
 *     super.command(name, command);
 *   }
 * }
 */
export class RobotDecorator implements Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  /** The wrapped robot. */
  protected readonly inner: Robot;

  /** @param spec spec of the decorated robot; default: that of `inner` */
  constructor(inner: Robot, spec: RobotSpec = inner.spec) {
    this.inner = inner;
    this.spec = spec;
    this.clock = inner.clock;
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    return this.inner.stream(name);
  }

  command(name: string, command: Stamped<RobotCommand>): void {
    this.inner.command(name, command);
  }

  start(): Promise<void> {
    return this.inner.start();
  }

  stop(): Promise<void> {
    return this.inner.stop();
  }
}

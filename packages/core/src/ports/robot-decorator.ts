import type { Observable } from 'rxjs';
import type { Clock } from '../signals/clock.ts';
import type { RobotSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { ArmCommand, StreamValue } from '../signals/values.ts';
import type { Robot } from './robot.ts';

/**
 * A {@link Robot} around another one: everything passes through unchanged, and a subclass overrides only what it alters. Something
 * that supervises, taps, disturbs or extends a robot is one of these.
 *
 * @example
 * class CountingRobot extends RobotDecorator {
 *   commands = 0;
 *   override command(name: string, command: Stamped<ArmCommand>): void {
 *     this.commands++;
 *     super.command(name, command);
 *   }
 * }
 */
export class RobotDecorator implements Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  /** The robot inside. */
  protected readonly inner: Robot;

  /** @param spec what the robot publishes in this form; default that of the robot inside. */
  constructor(inner: Robot, spec: RobotSpec = inner.spec) {
    this.inner = inner;
    this.spec = spec;
    this.clock = inner.clock;
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    return this.inner.stream(name);
  }

  command(name: string, command: Stamped<ArmCommand>): void {
    this.inner.command(name, command);
  }

  start(): Promise<void> {
    return this.inner.start();
  }

  stop(): Promise<void> {
    return this.inner.stop();
  }
}

import type { Observable } from 'rxjs';
import type { Clock } from '../signals/clock.ts';
import type { RobotSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { ArmCommand, StreamValue } from '../signals/values.ts';
import type { Robot } from './robot.ts';

/**
 * A {@link Robot} that wraps another one. Every call passes through unchanged, and a subclass overrides only the calls
 * that it alters. Supervision, recording, fault injection and derived robots use it.
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

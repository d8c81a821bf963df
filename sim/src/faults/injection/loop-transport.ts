import { type Robot, type RobotCommand, RobotDecorator, type Stamped, UnknownStreamError } from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import type { Sample } from './faulty-robot.ts';

/** Changes a command in place before it reaches the robot. The command is a copy. */
export type CommandTransform = (command: { position: Float64Array; gripperWidth: number }) => void;

/**
 * The connection between the control loop's thread and the supervised robot. While that thread is blocked, the loop does
 * not tick and samples queue; they are delivered all at once when the thread continues.
 */
export class LoopTransport extends RobotDecorator {
  /** Transform of each command of an arm; undefined without a fault of the controller. */
  commandTransform: CommandTransform | undefined;
  readonly #streams = new Map<string, Subject<Sample>>();
  readonly #queued: (() => void)[] = [];
  #blockedUntil = Number.NEGATIVE_INFINITY;

  constructor(robot: Robot) {
    super(robot);
    for (const { name } of robot.spec.streams) {
      const out = new Subject<Sample>();
      this.#streams.set(name, out);
      robot.stream(name).subscribe({
        next: (sample) => this.#deliverOrQueue(() => out.next(sample)),
        error: (error: unknown) => this.#deliverOrQueue(() => out.error(error)),
        complete: () => this.#deliverOrQueue(() => out.complete()),
      });
    }
  }

  override stream(name: string): Observable<Sample> {
    const stream = this.#streams.get(name);
    if (!stream) throw new UnknownStreamError(`no stream "${name}": expected one of ${[...this.#streams.keys()]}`);
    return stream.asObservable();
  }

  override command(name: string, command: Stamped<RobotCommand>): void {
    if (!this.commandTransform || !('position' in command.value)) {
      super.command(name, command);
      return;
    }
    const { position, gripperWidth } = command.value;
    const value = { position: position.slice(), gripperWidth };
    this.commandTransform(value);
    super.command(name, { ...command, value });
  }

  override stop(): Promise<void> {
    this.#blockedUntil = Number.NEGATIVE_INFINITY;
    this.#flush();
    return super.stop();
  }

  /** Blocks the thread until this simulated time (s). */
  blockUntil(until: number): void {
    this.#blockedUntil = until;
  }

  /** True while the thread is blocked at `now` (s, simulated time). After the end of the block it delivers the queued samples. */
  isBlocked(now: number): boolean {
    if (now < this.#blockedUntil) return true;
    this.#flush();
    return false;
  }

  #deliverOrQueue(deliver: () => void): void {
    if (this.#blockedUntil === Number.NEGATIVE_INFINITY) deliver();
    else this.#queued.push(deliver);
  }

  #flush(): void {
    this.#blockedUntil = Number.NEGATIVE_INFINITY;
    for (const deliver of this.#queued.splice(0)) deliver();
  }
}

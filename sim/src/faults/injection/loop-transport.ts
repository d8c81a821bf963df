import { type ArmCommand, type Robot, RobotDecorator, type Stamped, UnknownStreamError } from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import type { Sample } from './faulty-robot.ts';

/** Makes of a command what is sent in its place; it may write into the command. */
export type CommandTransform = (command: { position: Float64Array; gripperWidth: number }) => void;

/**
 * What lies between the control loop and the supervised robot: the thread that the loop runs in. While that thread is
 * blocked the loop does not tick, and samples wait; they come all at once when it goes on.
 */
export class LoopTransport extends RobotDecorator {
  /** Changes each command on its way; undefined while the controller is well. */
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

  override command(name: string, command: Stamped<ArmCommand>): void {
    if (!this.commandTransform) {
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

  /** Blocks the thread until this time (s, the simulator's). */
  blockUntil(until: number): void {
    this.#blockedUntil = until;
  }

  /** True while nothing of the loop may run at `now` (s); hands over what waited when that is over. */
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

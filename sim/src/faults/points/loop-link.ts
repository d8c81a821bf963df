import { type ArmCommand, type Robot, RobotDecorator, type Stamped, UnknownStreamError } from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import type { Sample } from './robot.ts';

/** Makes of a command what is sent in its place; it may write into the command. */
export type CommandChange = (command: { position: Float64Array; gripperWidth: number }) => void;

/**
 * What lies between the control loop and the supervised robot: the thread that the loop runs in. While that thread is
 * blocked the loop does not tick, and samples wait; they come all at once when it goes on.
 */
export class LoopLink extends RobotDecorator {
  /** Changes each command on its way; undefined while the controller is well. */
  change: CommandChange | undefined;
  readonly #streams = new Map<string, Subject<Sample>>();
  readonly #waiting: (() => void)[] = [];
  #blockedUntil = Number.NEGATIVE_INFINITY;

  constructor(robot: Robot) {
    super(robot);
    for (const { name } of robot.spec.streams) {
      const out = new Subject<Sample>();
      this.#streams.set(name, out);
      robot.stream(name).subscribe({
        next: (sample) => this.#hand(() => out.next(sample)),
        error: (error: unknown) => this.#hand(() => out.error(error)),
        complete: () => this.#hand(() => out.complete()),
      });
    }
  }

  override stream(name: string): Observable<Sample> {
    const stream = this.#streams.get(name);
    if (!stream) throw new UnknownStreamError(`no stream "${name}": expected one of ${[...this.#streams.keys()]}`);
    return stream.asObservable();
  }

  override command(name: string, command: Stamped<ArmCommand>): void {
    if (!this.change) {
      super.command(name, command);
      return;
    }
    const { position, gripperWidth } = command.value;
    const value = { position: position.slice(), gripperWidth };
    this.change(value);
    super.command(name, { ...command, value });
  }

  override stop(): Promise<void> {
    this.#blockedUntil = Number.NEGATIVE_INFINITY;
    this.#flush();
    return super.stop();
  }

  /** Blocks the thread until this time (s, the simulator's). */
  block(until: number): void {
    this.#blockedUntil = until;
  }

  /** True while nothing of the loop may run at `now` (s); hands over what waited when that is over. */
  blocked(now: number): boolean {
    if (now < this.#blockedUntil) return true;
    this.#flush();
    return false;
  }

  #hand(deliver: () => void): void {
    if (this.#blockedUntil === Number.NEGATIVE_INFINITY) deliver();
    else this.#waiting.push(deliver);
  }

  #flush(): void {
    this.#blockedUntil = Number.NEGATIVE_INFINITY;
    for (const deliver of this.#waiting.splice(0)) deliver();
  }
}

import {
  type Clock,
  CommandError,
  type Robot,
  type RobotCommand,
  type RobotSpec,
  type Stamped,
  type StreamValue,
  UnknownStreamError,
} from '@praxis/core';
import { Subject } from 'rxjs';

/** The clock of a replay: its owner sets the time, which may go back as a recorded clock did. */
class PeriodClock implements Clock {
  readonly name = 'replayed';
  /** Time (s). */
  time = 0;

  now(): number {
    return this.time;
  }
}

/** A robot whose samples come from a recording. It takes commands and moves nothing. */
export class ReplayRobot implements Robot {
  readonly spec: RobotSpec;
  readonly clock = new PeriodClock();
  readonly #streams: ReadonlyMap<string, Subject<Stamped<StreamValue>>>;

  constructor(spec: RobotSpec) {
    this.spec = spec;
    this.#streams = new Map(spec.streams.map(({ name }) => [name, new Subject()]));
  }

  stream(name: string) {
    const stream = this.#streams.get(name);
    if (!stream)
      throw new UnknownStreamError(`no stream "${name}": expected one of ${[...this.#streams.keys()].join(', ')}`);
    return stream.asObservable();
  }

  command(name: string, _command: Stamped<RobotCommand>): void {
    if (this.spec.commands.every((each) => each.name !== name)) throw new CommandError(`no command "${name}"`);
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    for (const stream of this.#streams.values()) stream.complete();
  }

  /** Publishes a recorded sample at the time of its receipt. */
  publish(stream: string, sample: Stamped<StreamValue>): void {
    this.clock.time = sample.received;
    this.#streams.get(stream)?.next(sample);
  }
}

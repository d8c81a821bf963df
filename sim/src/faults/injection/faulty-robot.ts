import {
  type Clock,
  InputError,
  type Robot,
  RobotDecorator,
  type Stamped,
  type StreamValue,
  UnknownStreamError,
} from '@praxis/core';
import { type Observable, Subject } from 'rxjs';

/** A sample of any stream. */
export type Sample = Stamped<StreamValue>;
/** Receives each sample of a stream and emits its replacement: no sample, one or several. */
export type Disturbance = (sample: Sample, emit: (sample: Sample) => void) => void;

/** A robot with sensors and a clock that faults can disturb. Without a fault it passes everything on unchanged. */
export class FaultyRobot extends RobotDecorator {
  override readonly clock: Clock;
  readonly #streams = new Map<string, Subject<Sample>>();
  readonly #disturbances = new Map<string, Disturbance>();
  /** Error of the clock (s). */
  #offset = 0;
  /** True time of the last clock jump (s). */
  #jumpTime = Number.POSITIVE_INFINITY;

  constructor(robot: Robot) {
    super(robot);
    const { clock } = robot;
    this.clock = { name: clock.name, now: () => clock.now() + this.#offset };
    for (const { name } of robot.spec.streams) {
      const out = new Subject<Sample>();
      this.#streams.set(name, out);
      robot.stream(name).subscribe({
        next: (sample) => this.#forward(name, this.#shifted(sample), out),
        error: (error: unknown) => out.error(error),
        complete: () => out.complete(),
      });
    }
  }

  override stream(name: string): Observable<Sample> {
    const stream = this.#streams.get(name);
    if (!stream) throw new UnknownStreamError(`no stream "${name}": expected one of ${[...this.#streams.keys()]}`);
    return stream.asObservable();
  }

  /**
   * Passes every later sample of the stream through `disturbance`.
   * @throws {InputError} for a robot without this stream
   */
  disturb(stream: string, disturbance: Disturbance): void {
    if (!this.#streams.has(stream)) {
      const known = [...this.#streams.keys()].join(', ');
      throw new InputError(`robot ${this.spec.name}: it has no stream "${stream}" for the fault, but ${known}`);
    }
    this.#disturbances.set(stream, disturbance);
  }

  /** Ends a stream with an error, as when its source is lost. */
  failStream(stream: string, error: Error): void {
    this.#streams.get(stream)?.error(error);
  }

  /** Steps the clock by `seconds`. Samples that are stamped later carry the new time. */
  jumpClock(seconds: number): void {
    this.#jumpTime = this.inner.clock.now();
    this.#offset += seconds;
  }

  #forward(name: string, sample: Sample, out: Subject<Sample>): void {
    const disturbance = this.#disturbances.get(name);
    if (disturbance) disturbance(sample, (made) => out.next(made));
    else out.next(sample);
  }

  #shifted(sample: Sample): Sample {
    if (this.#offset === 0) return sample;
    const { value, stamp, received } = sample;
    return { value, stamp: stamp < this.#jumpTime ? stamp : stamp + this.#offset, received: received + this.#offset };
  }
}

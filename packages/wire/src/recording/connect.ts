import type { ControlLoop, Robot } from '@praxis/core';
import type { LoopRecorder, RecordedSafetyEvent } from './loop-recorder.ts';

/** A source of events, such as an Observable. */
export interface EventSource<T> {
  subscribe(observer: { next(value: T): void }): { unsubscribe(): void };
}

/** The parts of a running system that are recorded. */
export interface RecordedParts {
  /** The robot that the loop is bound to, with the streams that the recorder knows. */
  readonly robot: Pick<Robot, 'spec' | 'clock' | 'stream'>;
  readonly loop?: Pick<ControlLoop, 'observations$' | 'chunks$' | 'events$' | 'stats'>;
  readonly safetyEvents$?: EventSource<RecordedSafetyEvent>;
}

/**
 * Records every stream of a robot, and the observations, chunks and events of a loop. Call it before the loop starts. Commands come by a
 * `CommandTap`, and the owner ends each period.
 * @returns a function that ends it
 */
export function connectRecorder(recorder: LoopRecorder, { robot, loop, safetyEvents$ }: RecordedParts): () => void {
  const { clock } = robot;
  const subscriptions = robot.spec.streams.map(({ name }, i) =>
    // A stream that ends with an error has the loop's event about it.
    robot.stream(name).subscribe({ next: (sample) => recorder.addSample(i, sample), error: () => {} }),
  );
  if (loop) {
    subscriptions.push(
      loop.observations$.subscribe((observation) => recorder.addObservation(observation)),
      loop.chunks$.subscribe((chunk) => recorder.addChunk(chunk, clock.now(), loop.stats.inferenceMs.at(-1))),
      loop.events$.subscribe((event) => recorder.addLoopEvent(event)),
    );
  }
  const safety = safetyEvents$?.subscribe({ next: (event) => recorder.addSafetyEvent(event) });
  return () => {
    for (const each of subscriptions) each.unsubscribe();
    safety?.unsubscribe();
  };
}

import { errorMessage, latestWins, newCounters, type Stamped } from '@praxis/core';
import type { MessageType } from '@praxis/wire';
import { filter, type Observable, share } from 'rxjs';
import type { QosKind } from '../rcl/qos.ts';
import type { Topic, TopicCounters, TopicStatus } from './topic.ts';

/**
 * A topic whose messages take a while to decode: one at a time, and then the newest that came meanwhile. One that cannot be
 * decoded counts as refused, and the stream goes on.
 */
export class DecodedTopic<K extends MessageType, M, T> implements TopicStatus {
  readonly stream$: Observable<Stamped<T>>;
  readonly #topic: Topic<K, M>;
  readonly #decoding = newCounters();
  #fault = '';

  constructor(topic: Topic<K, M>, decode: (message: M) => Promise<T>) {
    this.#topic = topic;
    this.stream$ = topic.stream$.pipe(
      latestWins(
        ({ value, ...times }) =>
          decode(value).then(
            (picture) => {
              this.#fault = '';
              return { value: picture, ...times };
            },
            (error: unknown) => {
              this.#fault = errorMessage(error);
              topic.counters.passed--;
              topic.counters.refused++;
              return undefined;
            },
          ),
        this.#decoding,
      ),
      filter((sample) => sample !== undefined),
      share(),
    );
  }

  get name(): string {
    return this.#topic.name;
  }

  get type(): MessageType {
    return this.#topic.type;
  }

  get qos(): QosKind {
    return this.#topic.qos;
  }

  get counters(): Readonly<TopicCounters> {
    const { counters } = this.#topic;
    const { dropped } = this.#decoding;
    return { ...counters, dropped, passed: counters.passed - dropped };
  }

  get fault(): string {
    return this.#topic.fault || this.#fault;
  }

  get heard(): number {
    return this.#topic.heard;
  }

  close(): void {
    this.#topic.close();
  }
}

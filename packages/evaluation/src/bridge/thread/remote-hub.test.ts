import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchReader } from '../../threads/message-batch.ts';
import { BACKLOG_BYTES, RemoteHub } from './remote-hub.ts';
import type { PostedMessages } from './service.ts';

const PICTURE_BYTES = 1_000_000;
/** What the thread counts of a post with one picture, at most. */
const POST_BYTES = PICTURE_BYTES + 10_000;
const WORLD = {
  topics: [
    { topic: '/picture', type: 'sensor_msgs/msg/Image' },
    { topic: '/event', type: 'std_msgs/msg/String', keep: 'each' },
  ],
  services: [],
  parameters: [],
  inputs: [],
} as const;

/** A hub whose thread takes posts only when it is told to. */
function slowThread() {
  const posts: PostedMessages[] = [];
  const leftOut: number[] = [];
  const notify = (method: string, posted: unknown): void => {
    if (method === 'publish') posts.push(structuredClone(posted) as PostedMessages);
  };
  const hub = new RemoteHub({ notify } as never, (count) => leftOut.push(count));
  hub.setWorld(WORLD);
  const { methods } = hub.worldService;
  for (const { topic } of WORLD.topics) void methods.subscribersChanged({ topic, subscribers: 1 }, undefined as never);
  const reader = new BatchReader();
  const got: [channel: number, logTime: number, first: number][] = [];
  /** Takes the oldest posts, up to a number of them. */
  const take = (count: number): void => {
    for (const { batch, weight } of posts.splice(0, count)) {
      for (const { channel, logTime, data } of batch ? reader.messagesOf(batch) : []) {
        got.push([channel, Number(logTime), data[0]]);
      }
      hub.progressed({ posts: 1, taken: weight });
    }
  };
  return { hub, posts, leftOut, got, take };
}

describe('a hub on another thread that does not keep up', () => {
  it('bounds what is on its way, leaves out old pictures and counts them, and loses no event and no newest one', () => {
    const step = fc.oneof(
      { arbitrary: fc.constant('picture'), weight: 10 },
      { arbitrary: fc.constant('event'), weight: 3 },
      { arbitrary: fc.integer({ min: 1, max: 20 }), weight: 1 },
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 90 }), (steps) => {
        const { hub, got, take, leftOut } = slowThread();
        const published: [channel: number, logTime: number, first: number][] = [];
        for (const [i, each] of steps.entries()) {
          if (typeof each === 'number') {
            take(each);
            continue;
          }
          const [channel, bytes] = each === 'picture' ? [0, PICTURE_BYTES] : [1, 10];
          const data = new Uint8Array(hub.bufferFor(bytes) ?? new ArrayBuffer(bytes), 0, bytes);
          data[0] = i;
          published.push([channel, i, i]);
          hub.publish(channel, BigInt(i), data);
          hub.flush();
          expect(hub.backlogBytes).toBeLessThan(BACKLOG_BYTES + POST_BYTES);
        }
        take(Number.POSITIVE_INFINITY);
        take(Number.POSITIVE_INFINITY);
        expect(hub.backlogBytes).toBe(0);
        const of = (channel: number, all: typeof got) => all.filter((each) => each[0] === channel);
        expect(of(1, got)).toEqual(of(1, published));
        expect(of(0, got).at(-1)).toEqual(of(0, published).at(-1));
        expect(published).toEqual(expect.arrayContaining(got));
        expect(leftOut.length > 0).toBe(got.length < published.length);
      }),
      { numRuns: 30 },
    );
  });

  it('posts no more times and parameters to it, but the last time of all', () => {
    const { hub, posts, take } = slowThread();
    for (let i = 0; i < 100_000; i++) {
      hub.setTime(BigInt(i));
      hub.reportParameters();
    }
    expect(posts.length).toBeLessThan(20_000);
    take(Number.POSITIVE_INFINITY);
    expect(posts.at(-1)?.time).toBe(99_999n);
  });
});

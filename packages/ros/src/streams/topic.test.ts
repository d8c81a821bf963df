import type { Stamped } from '@praxis/core';
import { messageCodec } from '@praxis/wire';
import { expect, it } from 'vitest';
import type { Rcl, RclNode } from '../rcl/types.ts';
import { Topic } from './topic.ts';

it('decodes one message at a time and then the newest, and counts what it cannot decode as refused', async () => {
  let arrive: (message: never) => void = () => {};
  const node = {
    getLogger: () => console,
    createSubscription: (_type: string, _topic: string, _options: object, callback: typeof arrive) => {
      arrive = callback;
      return { topic: 'text' };
    },
    destroySubscription: () => {},
  } as unknown as RclNode;
  const rcl = { QoS: class {} } as unknown as Rcl;
  const topic = new Topic({
    rcl,
    node,
    clock: { name: 'system', now: () => 1 },
    type: 'std_msgs/msg/String',
    topic: 'text',
    qos: 'image',
    read: ({ data }) => data,
    decode: async (text) => {
      if (text === 'broken') throw new Error('it is broken');
      return text.length;
    },
  });
  const seen: Stamped<number>[] = [];
  topic.stream$.subscribe((sample) => seen.push(sample));
  const codec = messageCodec('std_msgs/msg/String');
  const say = (data: string): void => arrive(Buffer.from(codec.write({ data })) as never);

  for (const text of ['a', 'passed over', 'abc']) say(text);
  await new Promise(setImmediate);
  expect(seen.map(({ value }) => value)).toEqual([1, 3]);
  say('broken');
  await new Promise(setImmediate);
  expect([topic.fault, topic.counters]).toEqual(['it is broken', { received: 4, passed: 3, refused: 1, badStamps: 0 }]);
  say('abcd');
  await new Promise(setImmediate);
  expect([seen.at(-1), topic.fault]).toEqual([{ value: 4, stamp: 1, received: 1 }, '']);
});

import { SampleOrder, SimulatedClock } from '@praxis/core';
import { secondsOf, timeOf, wrenchOf, wrenchStampedOf } from '@praxis/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeNode } from '../testing/fake-node.ts';
import { Topic } from './topic.ts';

const TYPE = 'geometry_msgs/msg/WrenchStamped';
const START = 1000;

function setUp() {
  const fake = new FakeNode();
  const clock = new SimulatedClock(START);
  const topic = new Topic({ ...fake, clock, type: TYPE, topic: 'wrench', qos: 'sensor', rateHz: 100, read: wrenchOf });
  const stamps: number[] = [];
  topic.stream$.subscribe(({ stamp }) => stamps.push(stamp));
  const send = (stamp: number) =>
    fake.receive(TYPE, 'wrench', wrenchStampedOf(new Float64Array(6), { stamp: timeOf(stamp), frame_id: 'ft' }));
  return { fake, clock, topic, stamps, send };
}

describe('a topic', () => {
  it('passes on messages in order with stamps in the past, counts all others, and names the reason', () => {
    const { fake, clock, topic, stamps, send } = setUp();
    clock.advance(1);
    send(1000.5);
    send(1000.5);
    expect(topic.fault).toBe('the stamp is not later than the one before');
    send(1000.4);
    send(1000.53);
    expect(topic.fault).toBe('');
    send(1001.5);
    expect(topic.fault).toBe('the stamp lies 0.500 s in the future');
    send(0);
    expect(topic.fault).toBe('the stamp is 0: the publisher sets none');
    fake.receiveBytes('wrench', new Uint8Array(3));
    expect(topic.fault).toContain('3 bytes, expected a header of 4');
    expect(stamps).toEqual([1000.5, 1000.53]);
    expect(topic.counters).toEqual({
      received: 7,
      passed: 2,
      refused: 1,
      badStamps: 4,
      late: 4,
      missing: 2,
      reordered: 1,
      duplicated: 1,
      ahead: 1,
      dropped: 0,
      restarted: 0,
    });
  });

  it('accepts a publisher again at the second message after its clock was set back, and says so', () => {
    const { fake, clock, stamps, send, topic } = setUp();
    send(1000);
    clock.advance(0.01);
    send(990);
    send(990.01);
    expect(stamps).toEqual([1000, 990.01]);
    expect(topic.counters.restarted).toBe(1);
    expect(fake.lines.at(-1)).toBe('wrench: the clock of the stamps went back by 9.990 s, the stream starts anew');
  });

  it('judges order as the supervisor and the loop do, sample by sample', () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 400 }), back: fc.integer({ min: -20, max: 300 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const { clock, stamps, send, topic } = setUp();
        const order = new SampleOrder({ maximumAhead: 0.01 });
        const expected: number[] = [];
        for (const { wait, back } of steps) {
          clock.advance(wait / 1024);
          const stamp = secondsOf(timeOf(clock.now() - back / 1024));
          send(stamp);
          if (order.judge(stamp, clock.now()) !== 'newer') continue;
          order.accept(stamp);
          expected.push(Math.min(stamp, clock.now()));
        }
        expect(stamps).toEqual(expected);
        expect(topic.counters.passed + topic.counters.badStamps).toBe(steps.length);
      }),
    );
  });
});

it('a topic with a slow decoder decodes one message at a time, then the newest, and counts the others', async () => {
  const fake = new FakeNode();
  const clock = new SimulatedClock(START);
  const finish: (() => void)[] = [];
  const topic = new Topic({
    ...fake,
    clock,
    type: 'std_msgs/msg/String',
    topic: 'text',
    qos: 'image',
    read: ({ data }) => data,
    decode: async (text) => {
      await new Promise<void>((resolve) => finish.push(resolve));
      if (text === 'broken') throw new Error('it is broken');
      return text.length;
    },
  });
  const lengths: number[] = [];
  topic.stream$.subscribe(({ value }) => lengths.push(value));
  const send = (data: string) => fake.receive('std_msgs/msg/String', 'text', { data });
  const decoded = async () => {
    finish.shift()?.();
    await new Promise(setImmediate);
  };
  for (const text of ['a', 'skipped', 'skipped as well', 'abc']) send(text);
  await decoded();
  await decoded();
  expect(lengths).toEqual([1, 3]);
  expect(topic.counters).toMatchObject({ received: 4, passed: 2, refused: 0, dropped: 2 });
  send('broken');
  await decoded();
  expect([topic.fault, topic.counters.passed, topic.counters.refused]).toEqual(['it is broken', 2, 1]);
  send('abcd');
  await decoded();
  expect([lengths.at(-1), topic.fault]).toEqual([4, '']);
});

import { InputError } from '@praxis/core';
import { messageCodec } from '../../cdr/codec.ts';
import { BridgeHub } from '../hub/bridge-hub.ts';

/** A hub whose world has two topics, `/note` and the latched `/state`, a service, two parameters and an input. */
export function sampleHub() {
  const hub = new BridgeHub('sample');
  const heard: string[] = [];
  let speed = 1;
  hub.setWorld({
    topics: [
      { topic: '/note', type: 'std_msgs/msg/String' },
      { topic: '/state', type: 'std_msgs/msg/String', keep: 'each', history: 'latched' },
    ],
    services: [
      { name: '/go', call: () => ({ success: true, message: 'gone' }) },
      {
        name: '/fail',
        call: () => {
          throw new InputError('the arm is stopped');
        },
      },
    ],
    parameters: [
      { name: '/task', get: () => 'pick' },
      {
        name: '/speed',
        get: () => speed,
        set: (value) => {
          if (typeof value !== 'number') throw new InputError(`speed: ${String(value)}, expected a number`);
          speed = value;
        },
      },
    ],
    inputs: [
      {
        topic: '/say',
        type: 'std_msgs/msg/String',
        accept: (message) => void heard.push((message as { readonly data: string }).data),
      },
    ],
  });
  const codec = messageCodec('std_msgs/msg/String');
  return { hub, heard, publish: (i: number, data: string) => hub.publish(i, 5n, codec.write({ data })) };
}

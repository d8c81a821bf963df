import { describe, expect, it } from 'vitest';
import { MemorySocket } from '../testing/memory-socket.ts';
import { ClientQueue, DISCONNECT_BYTES, HIGH_WATER_BYTES } from './client-queue.ts';

function queue() {
  const socket = new MemorySocket();
  const reports: number[] = [];
  return { socket, reports, queue: new ClientQueue(socket, (dropped) => reports.push(dropped)) };
}

describe('ClientQueue', () => {
  it('keeps the newest messages of each topic for a client that does not read, and makes no frame of the others', () => {
    const { socket, queue: slow, reports } = queue();
    socket.bufferedAmount = HIGH_WATER_BYTES;
    let made = 0;
    for (let i = 0; i < 1000; i++) {
      slow.send('picture', 1, () => {
        made++;
        return `picture ${i}`;
      });
      slow.send('event', 3, () => `event ${i}`);
    }
    expect(socket.frames).toEqual([]);
    socket.bufferedAmount = 0;
    slow.flush();
    expect(socket.frames).toEqual(['picture 999', 'event 997', 'event 998', 'event 999']);
    expect(made).toBe(1);
    expect(slow.dropped).toBe(999 + 997);
    expect(reports).toEqual([1, 10, 100, 1000]);
  });

  it('sends everything, in order, to a client that reads', () => {
    const { socket, queue: fast } = queue();
    for (let i = 0; i < 100; i++) fast.send('picture', 1, () => `picture ${i}`);
    expect(socket.frames).toEqual(Array.from({ length: 100 }, (_, i) => `picture ${i}`));
    expect(fast.dropped).toBe(0);
  });

  it('disconnects a client that asks and never reads the answers', () => {
    const { socket, queue: asked } = queue();
    asked.answer('first');
    expect(socket.closed).toBeUndefined();
    socket.bufferedAmount = DISCONNECT_BYTES + 1;
    asked.answer('last');
    expect(socket.closed).toBe('1008 answers are not read');
  });
});

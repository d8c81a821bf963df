import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SharedBuffers } from './shared-buffers.ts';

const MEGABYTE = 1024 * 1024;

describe('shared buffers', () => {
  it('never hand out a buffer whose message was not read yet, and are large enough', () => {
    const step = fc.oneof(fc.integer({ min: 1, max: 9 * MEGABYTE }), fc.constant('sent'), fc.constant('taken'));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const buffers = new SharedBuffers();
        const sent: SharedArrayBuffer[][] = [];
        let filling: SharedArrayBuffer[] = [];
        for (const each of steps) {
          if (each === 'sent') {
            buffers.batchSent();
            sent.push(filling);
            filling = [];
          } else if (each === 'taken') {
            if (sent.length === 0) continue;
            buffers.batchTaken();
            sent.shift();
          } else {
            const buffer = buffers.take(each as number);
            if (!buffer) continue;
            expect(buffer.byteLength).toBeGreaterThanOrEqual(each as number);
            expect([...sent.flat(), ...filling]).not.toContain(buffer);
            filling.push(buffer);
          }
        }
      }),
    );
  });

  it('use memory again, and share no more than 48 MiB', () => {
    const buffers = new SharedBuffers();
    const first = buffers.take(MEGABYTE);
    buffers.batchSent();
    expect(buffers.take(MEGABYTE)).not.toBe(first);
    buffers.batchTaken();
    expect(buffers.take(MEGABYTE)).toBe(first);
    let count = 2;
    while (buffers.take(MEGABYTE)) count++;
    expect(count).toBe(48);
  });
});

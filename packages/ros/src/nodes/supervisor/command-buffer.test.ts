import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandBuffer, PLAYOUT_DELAY_S } from './command-buffer.ts';

const command = (stamp: number, position: readonly number[], received = stamp) => ({
  value: { position: Float64Array.from(position), gripperWidth: 0.04 },
  stamp,
  received,
});

describe('CommandBuffer', () => {
  it('returns a straight motion as a straight motion, however the commands are delayed', () => {
    const delays = fc.array(fc.double({ min: 0, max: PLAYOUT_DELAY_S - 0.003, noNaN: true }), {
      minLength: 60,
      maxLength: 60,
    });
    fc.assert(
      fc.property(delays, (late) => {
        const buffer = new CommandBuffer(1);
        const sent = late.map((delay, k) => ({ at: 0.002 * k + delay, command: command(0.002 * k, [0.002 * k]) }));
        // A later command does not overtake an earlier one.
        for (let k = 1; k < sent.length; k++) sent[k].at = Math.max(sent[k].at, sent[k - 1].at);
        let next = 0;
        for (let now = 0.03; now < 0.1; now += 0.002) {
          while (next < sent.length && sent[next].at <= now) buffer.add(sent[next++].command);
          const { value, stamp } = buffer.commandAt(now)!;
          expect(value.position[0]).toBeCloseTo(now - PLAYOUT_DELAY_S, 9);
          expect(stamp).toBeCloseTo(now - PLAYOUT_DELAY_S, 12);
        }
      }),
    );
  });

  it('returns the newest command with its own stamp when no newer one arrives, so that the timeout is detected', () => {
    const buffer = new CommandBuffer(1);
    buffer.add(command(1, [2]));
    expect(buffer.commandAt(1 + PLAYOUT_DELAY_S + 0.5)).toMatchObject({ stamp: 1 });
  });

  it('returns no command that was made later than the playout time', () => {
    const buffer = new CommandBuffer(1);
    buffer.add(command(1, [2]));
    expect(buffer.commandAt(1)).toBeUndefined();
  });

  it('passes on commands that are not finite or have another size, so that the supervisor rejects them', () => {
    const buffer = new CommandBuffer(1);
    buffer.add(command(1, [0]));
    buffer.add(command(1.002, [Number.NaN]));
    expect(buffer.commandAt(1.001 + PLAYOUT_DELAY_S)!.value.position[0]).toBeNaN();
    buffer.add(command(1.004, [1, 2]));
    expect(buffer.commandAt(1.003 + PLAYOUT_DELAY_S)!.value.position).toHaveLength(2);
  });

  it('starts anew with the commands after the clock was set back', () => {
    const buffer = new CommandBuffer(1);
    buffer.add(command(3600, [1]));
    buffer.add(command(5, [2]));
    expect(buffer.commandAt(5.1)!.value.position[0]).toBe(2);
  });

  it('ignores commands older than the newest', () => {
    const buffer = new CommandBuffer(1);
    buffer.add(command(2, [2]));
    buffer.add(command(1, [1]));
    expect(buffer.commandAt(3)!.stamp).toBe(2);
  });
});

import { array, assert, constantFrom, double, oneof, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlaybackClock } from './playback-clock.ts';

describe('PlaybackClock', () => {
  it('plays at its speed, pauses, and goes on where it was', () => {
    const clock = new PlaybackClock(20);
    clock.play(100);
    expect(clock.now(101.5)).toBe(1.5);
    clock.setSpeed(4, 102);
    expect(clock.now(103)).toBe(6);
    clock.pause(103);
    expect([clock.now(200), clock.playing]).toEqual([6, false]);
    clock.play(200);
    expect(clock.now(201)).toBe(10);
  });

  it('stands still at the end, and plays from the start again', () => {
    const clock = new PlaybackClock(2);
    clock.play(0);
    expect([clock.now(5), clock.playing]).toEqual([2, false]);
    clock.play(6);
    expect([clock.now(6.5), clock.playing]).toEqual([0.5, true]);
  });

  it('goes to a time while it plays and while it stands still', () => {
    const clock = new PlaybackClock(10);
    clock.seek(4, 0);
    expect([clock.now(9), clock.playing]).toEqual([4, false]);
    clock.play(10);
    clock.seek(7, 11);
    expect(clock.now(12)).toBe(8);
    clock.seek(-3, 13);
    expect(clock.now(13)).toBe(0);
    clock.seek(1e9, 14);
    expect([clock.now(20), clock.playing]).toEqual([10, false]);
  });

  it('never leaves the recording, and goes back only for a seek or a new start', () => {
    const action = oneof(
      record({ kind: constantFrom('play', 'pause', 'wait') }),
      record({ kind: constantFrom('seek'), value: double({ min: -5, max: 15, noNaN: true }) }),
      record({ kind: constantFrom('speed'), value: constantFrom(0.25, 1, 8) }),
    );
    assert(
      property(array(record({ action, wait: double({ min: 0, max: 3, noNaN: true }) })), (actions) => {
        const clock = new PlaybackClock(10);
        let wall = 0;
        for (const { action: each, wait } of actions) {
          const before = clock.now(wall);
          if (each.kind === 'play') clock.play(wall);
          if (each.kind === 'pause') clock.pause(wall);
          if ('value' in each && each.kind === 'seek') clock.seek(each.value, wall);
          if ('value' in each && each.kind === 'speed') clock.setSpeed(each.value, wall);
          const started = clock.now(wall);
          if (each.kind !== 'seek' && !(each.kind === 'play' && before === 10)) expect(started).toBeCloseTo(before, 9);
          wall += wait;
          const time = clock.now(wall);
          expect(time).toBeGreaterThanOrEqual(started);
          expect(time).toBeLessThanOrEqual(10);
        }
      }),
    );
  });
});

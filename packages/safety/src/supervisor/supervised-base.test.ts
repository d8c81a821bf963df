import { type Robot, type RobotSpec, type SignalSpec, SimulatedClock } from '@praxis/core';
import fc from 'fast-check';
import { EMPTY } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { deriveBaseSafety } from '../config/derive-base-safety.ts';
import { SupervisedBase } from './supervised-base.ts';

const PERIOD_S = 0.002;
const LIMITS = deriveBaseSafety({ maxLinear: 1, maxAngular: 2, linearAcceleration: 0.8, angularAcceleration: 3 });

const command = (names: readonly string[]): SignalSpec => ({
  ...{ name: 'base', modality: 'base', dtype: 'float64', shape: [names.length], frame: '', rateHz: 500, names },
  unit: names.map((name) => (name === 'wz' ? 'rad/s' : 'm/s')),
});
const robotWith = (names: readonly string[]): Robot => ({
  spec: { name: 'rover', streams: [], commands: [command(names)] } satisfies RobotSpec,
  clock: new SimulatedClock(),
  stream: () => EMPTY,
  command: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
});

/** Plays commands of 20 ms each, then silence or a stop, and returns the twist of every tick. */
function twistsOf(names: readonly string[], commands: readonly (readonly number[])[], end: 'silence' | 'stop') {
  const base = new SupervisedBase(robotWith(names), 'base', LIMITS);
  const twists: number[][] = [];
  let now = 0;
  const tick = (state: 'running' | 'stopped') => {
    now += PERIOD_S;
    twists.push([...base.tick(now, state).value.twist]);
  };
  tick('stopped');
  for (const twist of commands) {
    for (let k = 0; k < 10; k++) {
      base.acceptCommand({ value: { twist: Float64Array.from(twist) }, stamp: now, received: now });
      tick('running');
    }
  }
  for (let k = 0; k < 700; k++) tick(end === 'stop' ? 'stopped' : 'running');
  return { twists, base };
}

describe('a supervised base', () => {
  it.each([[['vx', 'wz']], [['vx', 'vy', 'wz']], [['wz', 'vx']]])(
    'with the command %j keeps its limits of speed and acceleration for any commands, and comes to rest',
    (names) => {
      const value = fc.double({ min: -20, max: 20, noNaN: true });
      const rows = fc.array(fc.tuple(...names.map(() => value)), { minLength: 1, maxLength: 20 });
      fc.assert(
        fc.property(rows, fc.constantFrom('silence' as const, 'stop' as const), (commands, end) => {
          const { twists, base } = twistsOf(names, commands, end);
          const plane = (twist: readonly number[]) => Math.hypot(...twist.filter((_, i) => names[i] !== 'wz'));
          const turn = names.indexOf('wz');
          const most = { speed: 0, turning: 0, acceleration: 0, turn: 0 };
          for (let k = 1; k < twists.length; k++) {
            const change = twists[k].map((each, i) => (each - twists[k - 1][i]) / PERIOD_S);
            most.speed = Math.max(most.speed, plane(twists[k]));
            most.turning = Math.max(most.turning, Math.abs(twists[k][turn]));
            most.acceleration = Math.max(most.acceleration, plane(change));
            most.turn = Math.max(most.turn, Math.abs(change[turn]));
          }
          expect(most.speed).toBeLessThanOrEqual(1 + 1e-9);
          expect(most.turning).toBeLessThanOrEqual(2 + 1e-9);
          expect(most.acceleration).toBeLessThanOrEqual(0.8 + 1e-9);
          expect(most.turn).toBeLessThanOrEqual(3 + 1e-9);
          expect(twists.at(-1)!.every((each) => each === 0)).toBe(true);
          expect(base.moves).toBe(false);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('passes a command within its limits as it is, once it has reached it', () => {
    const { twists } = twistsOf(['vx', 'wz'], Array(80).fill([0.37, -0.9]), 'silence');
    expect(twists[700]).toEqual([0.37, -0.9]);
  });

  it.each([1000, Number.POSITIVE_INFINITY])(
    'brakes on a command of %s s, and follows the commands after it',
    (stamp) => {
      const base = new SupervisedBase(robotWith(['vx', 'wz']), 'base', LIMITS);
      const send = (at: number) =>
        base.acceptCommand({ value: { twist: Float64Array.of(0.1, 0) }, stamp: at, received: at });
      base.tick(0, 'running');
      send(stamp);
      expect(base.tick(PERIOD_S, 'running').value.twist[0]).toBe(0);
      send(PERIOD_S);
      expect(base.tick(2 * PERIOD_S, 'running').value.twist[0]).toBeGreaterThan(0);
    },
  );

  it('without own accelerations reaches its largest speed within half a second', () => {
    expect(deriveBaseSafety({ maxLinear: 2, maxAngular: 3 })).toMatchObject({
      ...{ linearAcceleration: 4, linearDeceleration: 4, angularAcceleration: 6, angularDeceleration: 6 },
    });
  });
});

import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SAFETY, ruleOf } from './defaults.ts';
import { parseSafetyConfig } from './parse-safety.ts';

const refusal = (value: unknown): string => {
  try {
    parseSafetyConfig(value);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error('not refused');
};

describe('parseSafetyConfig', () => {
  it('reads back the defaults from their JSON and from an empty object', () => {
    expect(parseSafetyConfig(JSON.parse(JSON.stringify(DEFAULT_SAFETY)))).toEqual(DEFAULT_SAFETY);
    expect(parseSafetyConfig({})).toEqual(DEFAULT_SAFETY);
  });

  it('changes only the given fields', () => {
    const read = parseSafetyConfig({
      watchdog: { command: { deadline: 0.1 }, streams: { vision: { frozen: null } } },
      stops: { emergency: 'category_0' },
      force: { externalTorque: { limit: 15, gain: 40, samples: 3, gravity: 'included', armature: {} } },
    });
    expect(read.watchdog.command).toEqual({ deadline: 0.1, reaction: 'hold' });
    expect(read.watchdog.streams.vision).toEqual({ ...DEFAULT_SAFETY.watchdog.streams.vision, frozen: null });
    expect(read.watchdog.streams.wrench).toEqual(DEFAULT_SAFETY.watchdog.streams.wrench);
    expect(read.stops).toEqual({ ...DEFAULT_SAFETY.stops, emergency: 'category_0' });
    expect(read.force?.externalTorque?.limit).toBe(15);
    expect(read.filter).toBe(DEFAULT_SAFETY.filter);
    expect(parseSafetyConfig({ force: null }).force).toBeNull();
  });

  it.each([
    [null, 'safety: is null, expected an object'],
    [{ watchdogs: {} }, 'safety.watchdogs: is unknown, expected one of filter, watchdog, stops, force'],
    [{ filter: {} }, 'safety.filter.limits: is absent, expected an object'],
    [{ watchdog: { command: { deadline: 0 } } }, 'safety.watchdog.command.deadline: is 0, expected a number above 0'],
    [
      { watchdog: { streams: { lidar: { lost: 'hold' } } } },
      'safety.watchdog.streams.lidar.deadline: is absent, expected a number above 0',
    ],
    [
      { watchdog: { queue: { reaction: 'panic' } } },
      'safety.watchdog.queue.reaction: is "panic", expected "ignore" or',
    ],
    [{ stops: { emergency: 0 } }, 'safety.stops.emergency: is 0, expected "category_0" or "category_1"'],
    [{ force: { stop: 'report' } }, 'safety.force.stop: is "report", expected "hold" or "protective_stop" or'],
    [{ force: { strike: { samples: 1.5 } } }, 'safety.force.strike.samples: is 1.5, expected a whole number from 1 on'],
    [{ force: { free: { force: null } } }, 'safety.force.free.force: is null, expected a number above 0'],
  ])('refuses %j in one line', (value, message) => {
    expect(refusal(value)).toContain(message);
  });
});

describe('the rule of a stream', () => {
  it('is found by name, then by modality, then by default', () => {
    const { streams } = DEFAULT_SAFETY.watchdog;
    const own = { ...streams.vision, deadline: 9 };
    expect(ruleOf({ ...streams, 'images.wrist': own }, 'images.wrist', 'vision')).toBe(own);
    expect(ruleOf(streams, 'images.front', 'vision')).toBe(streams.vision);
    expect(ruleOf(streams, 'vibration', 'touch')).toBe(streams['*']);
    expect(ruleOf({}, 'toString', 'constructor')).toEqual(streams['*']);
  });
});

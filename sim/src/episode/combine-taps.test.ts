import { describe, expect, it } from 'vitest';
import { combineTaps } from './combine-taps.ts';
import type { EpisodeTap } from './tap.ts';

function tap(name: string, log: string[], wait?: Promise<void>): EpisodeTap {
  return {
    wrapRobot: (robot) => {
      log.push(`${name} wraps`);
      return robot;
    },
    wrapLoopRobot: (robot) => robot,
    begin: () => void log.push(`${name} begins`),
    endPeriod: () => wait,
    operatorInput: (kind, text) => void log.push(`${name} ${kind} ${text}`),
  };
}

describe('combineTaps', () => {
  it('is nothing without taps, and the tap itself with one', () => {
    const one = tap('a', []);
    expect(combineTaps([])).toBeUndefined();
    expect(combineTaps([one])).toBe(one);
  });

  it('passes everything to each in order, and waits only when one of them asks for it', async () => {
    const log: string[] = [];
    const none = combineTaps([tap('a', log), tap('b', log)])!;
    none.wrapRobot({} as never);
    none.begin({} as never);
    none.operatorInput('text', 'left');
    expect(log).toEqual(['a wraps', 'b wraps', 'a begins', 'b begins', 'a text left', 'b text left']);
    expect(none.endPeriod(true)).toBeUndefined();
    let release!: () => void;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let ended = false;
    const waiting = combineTaps([tap('a', log), tap('b', log, held)])!
      .endPeriod(true)!
      .then(() => {
        ended = true;
      });
    await Promise.resolve();
    expect(ended).toBe(false);
    release();
    await waiting;
    expect(ended).toBe(true);
  });
});

import type { EpisodeTap } from './tap.ts';

/** One tap of several, which listen in their order; the episode waits for all of them. One that is undefined is left out. */
export function combineTaps(given: readonly (EpisodeTap | undefined)[]): EpisodeTap | undefined {
  const taps = given.filter((tap) => tap !== undefined);
  if (taps.length < 2) return taps[0];
  return {
    wrapRobot: (robot) => taps.reduce((wrapped, tap) => tap.wrapRobot(wrapped), robot),
    wrapLoopRobot: (robot) => taps.reduce((wrapped, tap) => tap.wrapLoopRobot(wrapped), robot),
    begin(episode) {
      for (const tap of taps) tap.begin(episode);
    },
    endPeriod(loopTicked) {
      const waits = taps.flatMap((tap) => tap.endPeriod(loopTicked) ?? []);
      return waits.length > 0 ? Promise.all(waits).then(() => {}) : undefined;
    },
    operatorInput(kind, text) {
      for (const tap of taps) tap.operatorInput(kind, text);
    },
  };
}

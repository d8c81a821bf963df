/** Signal-to-noise ratio of a stop word. */
export type SnrCondition = 'clean' | 'at20dB' | 'at10dB';
/** Kind of sound without a stop word. */
export type NonStopSound = 'chatter' | 'commands' | 'noisyCommands' | 'motor' | 'silence';

/** Counts of one voice, of motor sound or of silence. Delays and durations are in seconds. */
export interface StopTally {
  readonly stopWords: Record<SnrCondition, number>;
  readonly missed: Record<SnrCondition, number>;
  readonly delays: number[];
  readonly others: Record<NonStopSound, { sounds: number; stopped: number; stops: number; seconds: number }>;
  seconds: number;
}

const emptyCount = () => ({ sounds: 0, stopped: 0, stops: 0, seconds: 0 });
export const emptyStopTally = (): StopTally => ({
  stopWords: { clean: 0, at20dB: 0, at10dB: 0 },
  missed: { clean: 0, at20dB: 0, at10dB: 0 },
  delays: [],
  others: {
    chatter: emptyCount(),
    commands: emptyCount(),
    noisyCommands: emptyCount(),
    motor: emptyCount(),
    silence: emptyCount(),
  },
  seconds: 0,
});

export function addStopTally(to: StopTally, from: StopTally): void {
  for (const level of ['clean', 'at20dB', 'at10dB'] as const) {
    to.stopWords[level] += from.stopWords[level];
    to.missed[level] += from.missed[level];
  }
  for (const kind of ['chatter', 'commands', 'noisyCommands', 'motor', 'silence'] as const) {
    for (const count of ['sounds', 'stopped', 'stops', 'seconds'] as const) {
      to.others[kind][count] += from.others[kind][count];
    }
  }
  to.delays.push(...from.delays);
  to.seconds += from.seconds;
}

export type Level = 'clean' | 'at20dB' | 'at10dB';
/** Sound that holds no stop word. */
export type Other = 'chatter' | 'commands' | 'noisyCommands' | 'motor' | 'silence';

/** What is counted of one voice, of a motor or of silence. */
export interface StopTally {
  readonly said: Record<Level, number>;
  readonly missed: Record<Level, number>;
  readonly delays: number[];
  readonly others: Record<Other, { sounds: number; stopped: number; stops: number; seconds: number }>;
  seconds: number;
}

const none = () => ({ sounds: 0, stopped: 0, stops: 0, seconds: 0 });
export const nothing = (): StopTally => ({
  said: { clean: 0, at20dB: 0, at10dB: 0 },
  missed: { clean: 0, at20dB: 0, at10dB: 0 },
  delays: [],
  others: { chatter: none(), commands: none(), noisyCommands: none(), motor: none(), silence: none() },
  seconds: 0,
});

export function add(to: StopTally, from: StopTally): void {
  for (const level of ['clean', 'at20dB', 'at10dB'] as const) {
    to.said[level] += from.said[level];
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

import type { RecordingMark } from '../protocol/recording.ts';

/** Times around the cursor that the plots show (s). */
export const WINDOW_S = 8;
/** One step of an arrow key, and one with Shift (s). */
const STEP_S = 0.1;
const LARGE_STEP_S = 1;

/** The window of {@link WINDOW_S} around a time, moved into the recording where it would leave it. */
export function windowAround(time: number, duration: number): readonly [from: number, to: number] {
  const from = Math.max(0, Math.min(time - WINDOW_S / 2, duration - WINDOW_S));
  return [from, from + WINDOW_S];
}

/** A time in minutes and seconds, such as 1:07.42, or 7.42 below a minute. */
export function clockText(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  const rest = (hundredths % 6000) / 100;
  const minutes = Math.floor(hundredths / 6000);
  return minutes === 0 ? rest.toFixed(2) : `${minutes}:${rest.toFixed(2).padStart(5, '0')}`;
}

/** A time on the clock of the recording (s, three decimals). @param startNs time of its first message (ns) */
export function stampText(startNs: bigint, time: number): string {
  const milliseconds = (startNs + BigInt(Math.round(time * 1e9)) + 500_000n) / 1_000_000n;
  return `${milliseconds / 1000n}.${String(milliseconds % 1000n).padStart(3, '0')} s`;
}

/** The marks in the order of their times. */
export const inOrder = (marks: readonly RecordingMark[]): readonly RecordingMark[] =>
  [...marks].sort((a, b) => a.time - b.time);

/** Index of the last of ordered marks that is not after a time, or of the last of some of them; -1 if there is none. */
export function lastMark(
  marks: readonly RecordingMark[],
  time: number,
  counts: (mark: RecordingMark) => boolean = () => true,
): number {
  for (let i = marks.length - 1; i >= 0; i--) if (marks[i].time <= time && counts(marks[i])) return i;
  return -1;
}

/** Marks that are closer than this count as one place (s). */
const SAME_PLACE_S = 1e-6;

/**
 * Where a key leads from a time (s): the arrow keys a step, with Shift a larger one; Page Up and Page Down to the mark before and behind;
 * Home and End to the ends. Undefined for other keys.
 */
export function timeOfKey(key: string, shift: boolean, { time, duration, marks }: KeyPlace): number | undefined {
  const step = shift ? LARGE_STEP_S : STEP_S;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return time - step;
    case 'ArrowRight':
    case 'ArrowUp':
      return time + step;
    case 'PageUp':
      return marks.findLast((mark) => mark.time < time - SAME_PLACE_S)?.time ?? 0;
    case 'PageDown':
      return marks.find((mark) => mark.time > time + SAME_PLACE_S)?.time ?? duration;
    case 'Home':
      return 0;
    case 'End':
      return duration;
    default:
      return undefined;
  }
}

/** Where a key is pressed. */
export interface KeyPlace {
  readonly time: number;
  readonly duration: number;
  /** In the order of their times. */
  readonly marks: readonly RecordingMark[];
}

import type { ByContrast } from './contrast.ts';

/**
 * One way in which a stop word is said, and how much better than mere sounds it must explain what was heard (decades of
 * likelihood). `docs/voice-stops.md` has what comes of it.
 */
export interface StopSound {
  readonly word: string;
  /** ARPAbet, as the dictionary of the model has it. */
  readonly phones: string;
  readonly needed: ByContrast;
}

/**
 * People differ in their vowels, and noise suppression takes soft consonants for noise. A way that is found in other words
 * more easily needs more.
 */
export const STOP_SOUNDS: readonly StopSound[] = [
  { word: 'stop', phones: 'S T AA P', needed: { clear: -8, noisy: -29 } },
  { word: 'stop', phones: 'S T AO P', needed: { clear: -9, noisy: -32 } },
  { word: 'halt', phones: 'HH AO L T', needed: { clear: 2, noisy: -18 } },
  { word: 'halt', phones: 'AO L T', needed: { clear: 7, noisy: -8 } },
  { word: 'freeze', phones: 'F R IY Z', needed: { clear: 4, noisy: -16 } },
  { word: 'freeze', phones: 'R IY Z', needed: { clear: 9, noisy: -10 } },
  { word: 'emergency', phones: 'IH M ER JH AH N S IY', needed: { clear: -18, noisy: -28 } },
  { word: 'emergency', phones: 'IH M ER JH IH N S IY', needed: { clear: -16, noisy: -26 } },
  { word: 'abort', phones: 'AH B AO R T', needed: { clear: -3, noisy: -24 } },
  { word: 'abort', phones: 'AH B AO AA R T', needed: { clear: 11, noisy: -22 } },
];

/** Of them, what is left when noise suppression takes the first consonant. */
export const CURTAILED: ReadonlySet<string> = new Set(['AO L T', 'R IY Z']);

/** A word that sounds like a stop word. */
export interface Similar {
  readonly to: string;
  readonly phones: string;
}

/** Words of the command language that hold a stop word's sounds: where one explains the sound better it was no stop. */
export const SIMILAR: readonly Similar[] = [
  { phones: 'F AE S T', to: 'stop' },
  { phones: 'F AE S T ER', to: 'stop' },
  { phones: 'T ER N', to: 'stop' },
  { phones: 'T ER N', to: 'abort' },
  { phones: 'W AH T', to: 'abort' },
  { phones: 'T UW L', to: 'halt' },
  { phones: 'B AA T AH L', to: 'halt' },
  { phones: 'TH R IY', to: 'freeze' },
];

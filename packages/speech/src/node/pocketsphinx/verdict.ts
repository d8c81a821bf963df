/** What a grammar found in a sound. */
export interface Found {
  readonly text: string;
  /** How well it explains the sound: 0 for whatever sound of the model fits best. */
  readonly fit: number;
}

/** What was said after all. */
export interface Verdict {
  readonly text: string;
  /** By how much it is clear enough; below 0 it is probably no command. */
  readonly margin: number;
}

/**
 * Less is no command. Of Flite's voices commands reach -52 in quiet and -57 in noise; speech that is no command stays below
 * -60 in quiet, and in noise, where it may reach -57, seldom has one meaning in both sounds.
 */
const THRESHOLD = { alike: -57.5, unlike: -51.5 };
/** Two meanings that are less apart than this are asked for again. */
const APART = 2.5;
/** Noise fits the model's fillers: what is found before it was taken off scores better by this than it should. */
const NOISE_FITS = 2.5;

/**
 * What is found in a sound and, if it was looked for, in the same before noise was taken off: the clearer of the two counts.
 * When the two do not mean the same it must be clearer still, and clearer than the other.
 * @param alike whether two texts mean the same
 */
export function verdictOf(cleaned: Found, plain: Found | undefined, alike: (a: string, b: string) => boolean): Verdict {
  if (!plain) return { text: cleaned.text, margin: cleaned.fit - THRESHOLD.alike };
  const other = { text: plain.text, fit: plain.fit - NOISE_FITS };
  const [clearer, less] = cleaned.fit >= other.fit ? [cleaned, other] : [other, cleaned];
  if (alike(clearer.text, less.text)) return { text: clearer.text, margin: clearer.fit - THRESHOLD.alike };
  return {
    text: clearer.text,
    margin: Math.min(clearer.fit - THRESHOLD.unlike, clearer.fit - less.fit - APART),
  };
}

/** What a grammar found in a sound. */
export interface Found {
  readonly text: string;
  /** Score of its words per frame, of 0 for whatever sound of the model fits best there. */
  readonly fit: number;
}

/** What was said after all. */
export interface Verdict {
  readonly text: string;
  /** By how much it is clear enough; below 0 it is probably no command. */
  readonly margin: number;
}

/**
 * Less is no command. Of Flite's voices commands reach -44 in quiet and -53 in noise; speech that is no command stays below
 * -58 in quiet, and in noise below -52, seldom with one meaning in both sounds.
 */
const THRESHOLD = { alike: -53, unlike: -46 };
/** Noise left in fits the model's silence and fillers: what is found in it scores better by this much than it should. */
const NOISE_FITS = 3;

/**
 * What is found in a sound and, where there is noise, in the same before that was taken off: the clearer of the two counts, and
 * must be clearer still when the two do not mean the same.
 * @param alike whether two texts mean the same
 */
export function verdictOf(cleaned: Found, plain: Found | undefined, alike: (a: string, b: string) => boolean): Verdict {
  if (!plain) return { text: cleaned.text, margin: cleaned.fit - THRESHOLD.alike };
  const fit = plain.fit - NOISE_FITS;
  const clearer = cleaned.fit >= fit ? cleaned : { text: plain.text, fit };
  const threshold = alike(cleaned.text, plain.text) ? THRESHOLD.alike : THRESHOLD.unlike;
  return { text: clearer.text, margin: clearer.fit - threshold };
}

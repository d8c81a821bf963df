/** What a grammar found in a sound. */
export interface Found {
  readonly text: string;
  /** How well it explains the sound: 0 for whatever sound of the model fits best. */
  readonly fit: number;
  /** How well its words fit what they sound like to another network: 0 at best. */
  readonly wording: number;
}

/** What was said after all. */
export interface Verdict {
  readonly text: string;
  /** By how much it is clear enough; below 0 it is probably no command. */
  readonly margin: number;
}

/** What wording counts beside fit. */
const WEIGHT = 2.5;
/**
 * Less is no command. All of these were chosen with voices of Flite and Pico that the network was not taught with then, in quiet and
 * in noise; of three thresholds that were as good for those, this one by what became of the voices that are held out.
 */
const THRESHOLD = -88;
/** A few words are found in whatever is said more easily than many: each word that lacks to so many has to be made up for by clearness. */
const WORDS = 3;
const PER_WORD = 10;
/** Two meanings that are less apart than this are asked for again. */
const APART = 14;
/** Noise fits the model's fillers: what is found before it was taken off scores better by this than it should. */
const NOISE_FITS = 5;

/** What is so clear is not looked for in a second version of the sound. */
const CLEAR = -62;
/** Neither is what is so unclear: it is something else. */
const HOPELESS = -130;

const neededFor = (text: string): number => THRESHOLD + PER_WORD * Math.max(0, WORDS - text.split(' ').length);

const clearnessOf = ({ fit, wording }: Found): number => fit + WEIGHT * wording;

/** Whether a second look, at the sound before noise was taken off, may change the verdict. */
export function isUnclear(found: Found): boolean {
  const clearness = clearnessOf(found);
  return clearness <= CLEAR && clearness > HOPELESS;
}

/**
 * What is found in a sound and, if it was looked for, in the same before noise was taken off: the clearer of the two counts.
 * When the two do not mean the same it must be clearer by far.
 * @param alike whether two texts mean the same
 */
export function verdictOf(cleaned: Found, plain: Found | undefined, alike: (a: string, b: string) => boolean): Verdict {
  const one = { text: cleaned.text, clearness: clearnessOf(cleaned) };
  if (!plain) return { text: one.text, margin: one.clearness - neededFor(one.text) };
  const other = { text: plain.text, clearness: clearnessOf(plain) - NOISE_FITS };
  const [clearer, less] = one.clearness >= other.clearness ? [one, other] : [other, one];
  const margin = clearer.clearness - neededFor(clearer.text);
  const apart = clearer.clearness - less.clearness - APART;
  return { text: clearer.text, margin: alike(clearer.text, less.text) ? margin : Math.min(margin, apart) };
}

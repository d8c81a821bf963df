/** What a grammar found in a sound. */
export interface GrammarMatch {
  readonly text: string;
  /** How well it explains the sound: 0 for whatever sound of the model fits best. */
  readonly fit: number;
  /** How well its words fit what they sound like to another network: 0 at best. */
  readonly wordFit: number;
}

/** What was said after all. */
export interface Verdict {
  readonly text: string;
  /** By how much it is clear enough; below 0 it is probably no command. */
  readonly margin: number;
}

/** What wording counts beside fit. */
const WORD_FIT_WEIGHT = 2.5;
/**
 * Less is no command. All of these were chosen with voices of Flite and Pico that the network was not taught with then, in quiet and
 * in noise; of three thresholds that were as good for those, this one by what became of the voices that are held out.
 */
const ACCEPTANCE_SCORE = -88;
/** A few words are found in whatever is said more easily than many: each word that lacks to so many has to be made up for by clearness. */
const FULL_LENGTH_WORDS = 3;
const MISSING_WORD_PENALTY = 10;
/** Two meanings that are less apart than this are asked for again. */
const MATCH_MARGIN = 14;
/** Noise fits the model's fillers: what is found before it was taken off scores better by this than it should. */
const RAW_AUDIO_PENALTY = 5;

/** What is so clear is not looked for in a second version of the sound. */
const CLEAR_SCORE = -62;
/** Neither is what is so unclear: it is something else. */
const MIN_RETRY_SCORE = -130;

const requiredScore = (text: string): number =>
  ACCEPTANCE_SCORE + MISSING_WORD_PENALTY * Math.max(0, FULL_LENGTH_WORDS - text.split(' ').length);

const scoreOf = ({ fit, wordFit }: GrammarMatch): number => fit + WORD_FIT_WEIGHT * wordFit;

/** Whether a second look, at the sound before noise was taken off, may change the verdict. */
export function needsSecondDecoding(found: GrammarMatch): boolean {
  const clearness = scoreOf(found);
  return clearness <= CLEAR_SCORE && clearness > MIN_RETRY_SCORE;
}

/**
 * What is found in a sound and, if it was looked for, in the same before noise was taken off: the clearer of the two counts.
 * When the two do not mean the same it must be clearer by far.
 * @param alike whether two texts mean the same
 */
export function verdictOf(
  denoised: GrammarMatch,
  raw: GrammarMatch | undefined,
  alike: (a: string, b: string) => boolean,
): Verdict {
  const one = { text: denoised.text, clearness: scoreOf(denoised) };
  if (!raw) return { text: one.text, margin: one.clearness - requiredScore(one.text) };
  const other = { text: raw.text, clearness: scoreOf(raw) - RAW_AUDIO_PENALTY };
  const [clearer, less] = one.clearness >= other.clearness ? [one, other] : [other, one];
  const margin = clearer.clearness - requiredScore(clearer.text);
  const apart = clearer.clearness - less.clearness - MATCH_MARGIN;
  return { text: clearer.text, margin: alike(clearer.text, less.text) ? margin : Math.min(margin, apart) };
}

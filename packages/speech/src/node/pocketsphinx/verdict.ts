/** The match of the grammar with an utterance. */
export interface GrammarMatch {
  readonly text: string;
  /** Acoustic score per frame; 0 is the score of the best phones in any order. */
  readonly fit: number;
  /** Score of the words by the word network; 0 at best. */
  readonly wordFit: number;
}

/** The result of one or two decodings of an utterance. */
export interface Verdict {
  readonly text: string;
  /** Score above the acceptance threshold; below 0 the utterance is probably no command. */
  readonly margin: number;
}

/** Weight of `wordFit` relative to `fit` in the score. */
const WORD_FIT_WEIGHT = 2.5;
/**
 * Lowest score of a command. All values here were chosen with voices of Flite and Pico outside the training set of that time, in
 * quiet and in noise. Three thresholds were equally good for these voices; the held-out voices decided.
 */
const ACCEPTANCE_SCORE = -88;
/** A command of fewer words needs a higher score, because the grammar finds a few words in any speech. */
const FULL_LENGTH_WORDS = 3;
/** Additional score for each missing word. */
const MISSING_WORD_PENALTY = 10;
/** If the two decodings differ in meaning and by less than this score, the operator must repeat the command. */
const MATCH_MARGIN_SCORE = 14;
/** Noise matches the fillers of the model, which raises the score of raw audio by this much. */
const RAW_AUDIO_PENALTY = 5;

/** Above this score a second decoding is unnecessary. */
const CLEAR_SCORE = -62;
/** Below this score a second decoding is useless: the utterance is other speech. */
const MIN_RETRY_SCORE = -130;

const requiredScore = (text: string): number =>
  ACCEPTANCE_SCORE + MISSING_WORD_PENALTY * Math.max(0, FULL_LENGTH_WORDS - text.split(' ').length);

const scoreOf = ({ fit, wordFit }: GrammarMatch): number => fit + WORD_FIT_WEIGHT * wordFit;

/** True when a second decoding, of the raw audio, may change the verdict. */
export function needsSecondDecoding(match: GrammarMatch): boolean {
  const score = scoreOf(match);
  return score <= CLEAR_SCORE && score > MIN_RETRY_SCORE;
}

/**
 * Chooses between the decodings of the denoised and, if present, of the raw audio: the higher score wins. If their meanings differ,
 * the winner must lead by {@link MATCH_MARGIN_SCORE}.
 * @param sameMeaning returns true for two texts with the same meaning
 */
export function verdictOf(
  denoised: GrammarMatch,
  raw: GrammarMatch | undefined,
  sameMeaning: (a: string, b: string) => boolean,
): Verdict {
  const first = { text: denoised.text, score: scoreOf(denoised) };
  if (!raw) return { text: first.text, margin: first.score - requiredScore(first.text) };
  const second = { text: raw.text, score: scoreOf(raw) - RAW_AUDIO_PENALTY };
  const [better, worse] = first.score >= second.score ? [first, second] : [second, first];
  const margin = better.score - requiredScore(better.text);
  const lead = better.score - worse.score - MATCH_MARGIN_SCORE;
  return { text: better.text, margin: sameMeaning(better.text, worse.text) ? margin : Math.min(margin, lead) };
}

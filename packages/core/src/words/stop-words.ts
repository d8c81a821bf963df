/** Stop words that the keyword spotter detects during speech. */
export const SPOTTED_STOP_WORDS = ['stop', 'halt', 'freeze', 'emergency'] as const;

/**
 * Words that stop the robot in any context: "don't stop" stops too. A false stop costs a moment; a missed one may cost
 * more. "Abort" sounds like "orange", so the recogniser detects it only at the end of the utterance.
 */
export const STOP_WORDS = [...SPOTTED_STOP_WORDS, 'abort'] as const;

/** Written forms of the stop words: inflections, repeated letters, two joined words. */
const WRITTEN_STOP_PATTERN =
  /^(s+t+o+p+(p?ed|s|p?ing)?|h+a+l+t+(ed|s|ing)?|f+r+e+e+z+e+(s|d)?|freezing|emergency|emergencies|e?stop|abort(s|ed|ing)?)$/;

/** The first stop word in a list of normalised words, or undefined. */
export const stopWordIn = (words: readonly string[]): string | undefined =>
  words.flatMap((word) => word.split("'")).find((word) => WRITTEN_STOP_PATTERN.test(word));

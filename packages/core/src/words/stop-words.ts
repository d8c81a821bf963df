/** Stop words that are spotted as they are said. */
export const SPOTTED_STOP_WORDS = ['stop', 'halt', 'freeze', 'emergency'] as const;

/**
 * Words that stop the robot wherever they are said, whatever stands around them: "don't stop" stops, too. A false stop
 * costs a moment; a missed one may cost more. "Orange" sounds like "abort", which is heard when what is said is over.
 */
export const STOP_WORDS = [...SPOTTED_STOP_WORDS, 'abort'] as const;

/** What else is a stop when it is written: other forms, drawn out letters, two words run together. */
const WRITTEN_STOP_PATTERN =
  /^(s+t+o+p+(p?ed|s|p?ing)?|h+a+l+t+(ed|s|ing)?|f+r+e+e+z+e+(s|d)?|freezing|emergency|emergencies|e?stop|abort(s|ed|ing)?)$/;

/** The first stop word among normalised words, or undefined. */
export const stopWordIn = (words: readonly string[]): string | undefined =>
  words.flatMap((word) => word.split("'")).find((word) => WRITTEN_STOP_PATTERN.test(word));

/** Spaces, line ends, punctuation and signs of any script, except for apostrophes. */
const SEPARATOR = /(?!['’‘`])[\p{Z}\p{Cc}\p{P}\p{S}]/gu;

/**
 * Splits an instruction into words of a-z and digits, in lower case. Every space, line end, punctuation mark and sign separates words
 * ("red-cube" is two), except for apostrophes, which are dropped ("don't" is "dont"); so are all other characters.
 * `split_words` of `training/tokens.py` has the same rule; `word-cases.json` holds both together.
 */
export const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(SEPARATOR, ' ')
    .replace(/[^a-z0-9 ]/g, '')
    .split(' ')
    .filter((word) => word !== '');

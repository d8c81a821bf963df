import { quoted } from '../context/describe.ts';

/**
 * A text that is data and no request, fenced for a prompt: `<data source="label">"..."</data>`. The text is JSON with its angle brackets
 * and control characters escaped, so that it cannot end the fence or begin a line of its own; a long one is cut.
 * @param source where it comes from, a word of ours
 * @param length longest text (characters). Default 400
 */
export const quotedData = (source: string, text: string, length?: number): string =>
  `<data source="${source}">${quoted(text, length)}</data>`;

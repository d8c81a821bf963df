import { visibleText } from '@praxis/core';

/** Longest text of one source in a prompt (characters). */
const MAX_TEXT_LENGTH = 400;

/**
 * A text that is data and no request, fenced for a prompt: `<data source="label">"..."</data>`. The text is JSON with its angle brackets
 * and control characters escaped, so that it cannot end the fence or begin a line of its own; a long one is cut.
 * @param source where it comes from, a word of ours
 */
export function quotedData(source: string, text: string, length = MAX_TEXT_LENGTH): string {
  return `<data source="${source}">${quoted(text, length)}</data>`;
}

/** A text in one line between quotation marks, for a prompt: as JSON, angle brackets and control characters escaped. */
export function quoted(text: string, length = MAX_TEXT_LENGTH): string {
  const cut = text.length > length ? `${text.slice(0, length)}...` : text;
  return visibleText(JSON.stringify(cut).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'));
}

/** Control characters but tab and line feed, the separators of lines and paragraphs, and what turns the direction of writing. */
const CONTROLS = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * Escapes the control characters of a text for a terminal or a log, as `\u001b` for ESC: a name from a file or a message can then
 * neither move the cursor, nor hide a line, nor turn the order of the letters around. Tabs and line feeds stay. JSON stays JSON
 * of the same value.
 */
export const visibleText = (text: string): string =>
  text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

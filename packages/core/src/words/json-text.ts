/**
 * JSON of a value for an error message, cut at `length` characters. A value that is nested too deeply for `JSON.stringify`, as a file
 * may hold it, is described in words, and an absent one is `missing`.
 */
export function jsonText(value: unknown, length = 60): string {
  let text: string;
  try {
    text = JSON.stringify(value) ?? 'missing';
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return 'a value that is nested too deeply';
  }
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

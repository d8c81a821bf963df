/** The first line of whatever was thrown: what the page shows. */
export function oneLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split('\n')[0].trim() || 'unknown error';
}

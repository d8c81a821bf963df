/** Word errors of what was heard: the least number of words to put in, take out or exchange (Levenshtein 1966). */
export function wordErrors(said: string, heard: string): { readonly errors: number; readonly words: number } {
  const [a, b] = [said, heard].map((text) => text.split(' ').filter((word) => word !== ''));
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return { errors: row[b.length], words: a.length };
}

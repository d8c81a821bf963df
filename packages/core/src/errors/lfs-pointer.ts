/** First line of a pointer (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const POINTER_START = 'version https://git-lfs.github.com/spec/';

/**
 * What to do with a file that is a Git LFS pointer, a few lines of text in place of the content; undefined for any other file.
 * @param content the file, or its first bytes
 */
export function lfsPointerHint(content: string | Uint8Array): string | undefined {
  const start = typeof content === 'string' ? content : new TextDecoder().decode(content.subarray(0, 200));
  if (!start.trimStart().startsWith(POINTER_START)) return undefined;
  return 'this is a Git LFS pointer, not the file itself: run git lfs pull';
}

import type { SeenThing } from './context.ts';

/**
 * Names things by their words: `red cube`; those that look alike get a number from left to right, as seen from the base of the arm:
 * `box 1`, `box 2`.
 */
export function nameThings(found: readonly Omit<SeenThing, 'name'>[]): readonly SeenThing[] {
  const ordered = [...found].sort((a, b) => b.position[1] - a.position[1]);
  const kinds = ordered.map(({ words }) => words.join(' '));
  return ordered.map((thing, i) => {
    const alike = kinds.filter((kind) => kind === kinds[i]).length;
    const number = kinds.slice(0, i + 1).filter((kind) => kind === kinds[i]).length;
    return { ...thing, name: alike === 1 ? kinds[i] : `${kinds[i]} ${number}` };
  });
}

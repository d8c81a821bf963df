import type { PatternSet } from './kinds.ts';

/** Other words for the colours that instructions name. */
export const COLOUR_SYNONYMS: Readonly<Record<PatternSet, Readonly<Record<string, readonly string[]>>>> = {
  development: {
    red: ['crimson'],
    green: ['emerald'],
    blue: ['navy'],
    yellow: ['golden'],
    purple: ['violet'],
    orange: ['tangerine'],
  },
  report: {
    red: ['crimson', 'scarlet'],
    green: ['emerald', 'lime'],
    blue: ['navy', 'azure'],
    yellow: ['lemon', 'golden'],
    purple: ['violet', 'lilac'],
    orange: ['tangerine', 'amber'],
  },
};

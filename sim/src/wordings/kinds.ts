import type { WordingSet } from './wordings.ts';

/** Kinds of wording that ask for one thing by its name. */
export const NEAR_KINDS = ['plain', 'synonym', 'word order', 'polite', 'typing error'] as const;
/** Kinds of wording that a policy of single instructions follows badly: they name other things too, or none. */
export const FAR_KINDS = ['negation', 'contrast', 'relation'] as const;
/** Every kind of wording, the near ones first. */
export const WORDING_KINDS = [...NEAR_KINDS, ...FAR_KINDS] as const;

/** A kind of wording that asks for one thing by its name. */
export type NearKind = (typeof NEAR_KINDS)[number];
/** A kind of wording that names other things too, or none. */
export type FarKind = (typeof FAR_KINDS)[number];
/** A kind of wording. */
export type WordingKind = NearKind | FarKind;

/** Wordings of the kinds in two disjoint sets: for reports, and for everything before them. */
export type PatternSet = 'development' | 'report';

/** The patterns for a set of wordings. */
export const patternSetOf = (set: WordingSet): PatternSet => (set === 'report' ? 'report' : 'development');

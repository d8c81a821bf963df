import type { Language } from '@praxis/teleop';
import type { Lexicon } from './lexicon.ts';
import type { Action, Place, Things } from './meaning.ts';
import type { Reader } from './reader.ts';

/** What the reading of a clause depends on. */
export interface ClauseContext {
  readonly lexicon: Lexicon;
  readonly language: Language;
}

/** Reads one form of clauses; undefined when the clause has another form. */
export type Rule = (r: Reader, context: ClauseContext) => Action | readonly Action[] | undefined;

/** A place that the words do not name. */
export const NOWHERE: Place = { is: 'place', text: '' };
/** What was mentioned last. */
export const IT: Things = { is: 'things', quantity: 'the', pronoun: true, filters: [], text: 'it' };
/** Everything that is seen. */
export const ALL: Things = { is: 'things', quantity: 'all', filters: [], text: 'everything' };

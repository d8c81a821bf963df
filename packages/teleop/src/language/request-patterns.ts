import type { VocabularyExtension } from '@praxis/policy';

const RELATION =
  '(to the left of | to the right of | left of | right of | behind | in front of | next to | beside | near | nearest to | closest to)';

/** Requests with negation, contrast and relations, in the notation of the command table, as people speak them: without marks. */
export const REQUEST_PATTERNS: readonly string[] = [
  "<get> the <object> (that | which) (is not | isn't) <color>",
  'a <object> but not the <color> one',
  '<get> (<thing> | the <object>) and nothing else',
  'anything but <thing> [<thing>] and <thing>',
  '<get> the <object> that is neither a <object> nor a <object>',
  "(do not | don't) (<get> | touch) <thing> <get> <thing>",
  'no not <thing> i want <thing>',
  '[no] not <thing> <thing>',
  '<thing> not <thing>',
  '(leave | never mind) <thing> <get> <thing>',
  'forget <thing> and <get> <thing>',
  '(<get> | i want) <thing> (instead of | rather than) <thing>',
  '<thing> stays where it is <get> <thing>',
  '<get> the (leftmost | rightmost | nearest | closest | farthest) <object>',
  '<get> the <object> (furthest | farthest) to the (left | right)',
  '<get> the <object> on the far (left | right)',
  '<get> the <object> (closest | nearest) to you',
  '<get> the <object> that is farthest away',
  `<get> (the <object> | what is) ${RELATION} <thing>`,
  `the <object> ${RELATION} <thing>`,
];

/**
 * Adds requests to what a recogniser of commands knows, for an arm with a planner. The command language itself must not have them: without a planner
 * it holds at a prohibition.
 */
export const withRequests = (vocabulary: VocabularyExtension): VocabularyExtension => ({
  ...vocabulary,
  instructions: [...vocabulary.instructions, ...REQUEST_PATTERNS],
});

import type { PatternSet } from '../kinds.ts';
import { FAR_REPORT_PATTERNS } from './far-report-patterns.ts';

/**
 * Patterns of sentences that name other things too, or none. Slots: `{target}`, `{other}`, `{third}`, `{fourth}` and `{anchor}` are things such as
 * `red cube`; `{shape}`, `{a}` and `{b}` shapes; `{wrong}` a colour.
 */
export type FarPatterns = Readonly<
  Record<
    | 'negationTwin'
    | 'negationNamed'
    | 'negationAll'
    | 'negationShapes'
    | 'contrast'
    | 'leftmost'
    | 'rightmost'
    | 'nearest'
    | 'farthest'
    | 'leftOf'
    | 'rightOf'
    | 'behind'
    | 'inFrontOf'
    | 'nearestTo',
    readonly string[]
  >
>;

/** The sentences of the study of planners and policies, docs/reports/spoken-picks.md. */
export const STUDY_PATTERNS: FarPatterns = {
  negationTwin: [
    'pick up the {shape} that is not {wrong}',
    "get me the {shape} which isn't {wrong}, please",
    'a {shape}, but not the {wrong} one',
  ],
  negationNamed: [
    "don't pick up the {other}, pick up the {target}",
    'do not touch the {other}. Lift the {target}.',
    'grab the {target} and nothing else',
    'no, not the {other}, I want the {target}',
  ],
  negationAll: ['anything but the {other}, the {third} and the {fourth}'],
  negationShapes: ['lift the one that is neither a {a} nor a {b}'],
  contrast: [
    'not the {other}, the {target}',
    'the {target}, not the {other}',
    'leave the {other}, take the {target}',
    'take the {target} instead of the {other}',
    'I want the {target} rather than the {other}',
    'forget the {other} and fetch the {target}',
    'never mind the {other}, lift the {target}',
    'the {other} stays where it is, pick up the {target}',
  ],
  leftmost: ['take the leftmost thing', 'pick up the one furthest to the left'],
  rightmost: ['lift the rightmost one', 'get the thing on the far right'],
  nearest: ['pick up the thing closest to you', 'grab the nearest one'],
  farthest: ['fetch the one that is farthest away'],
  leftOf: ['take the thing to the left of the {anchor}'],
  rightOf: ['lift what is right of the {anchor}'],
  behind: ['pick up the object behind the {anchor}'],
  inFrontOf: ['get the one in front of the {anchor}'],
  nearestTo: ['pick up the one next to the {anchor}', 'the thing nearest to the {anchor}, please'],
};

/** Those and more of their kind, for training and validation. */
const DEVELOPMENT_PATTERNS: FarPatterns = {
  negationTwin: [
    ...STUDY_PATTERNS.negationTwin,
    'lift the {shape}, not the {wrong} one though',
    'not the {wrong} {shape}, the other {shape}',
    'the other {shape}, the one that is not {wrong}',
    'take a {shape} of any colour but {wrong}',
    'grab whichever {shape} is not {wrong}',
    "I need the {shape} that's not {wrong}",
  ],
  negationNamed: [
    ...STUDY_PATTERNS.negationNamed,
    'take the {target}, do not take the {other}',
    'lift the {target} but leave out the {other}',
    'I do not mean the {other}, I mean the {target}',
    'it is not the {other} that I want but the {target}',
    "please don't grab the {other}; fetch the {target}",
    'the {other} is wrong, get the {target}',
    'never the {other}, always the {target}',
    'without touching the {other}, raise the {target}',
    'pick up only the {target}',
  ],
  negationAll: [
    ...STUDY_PATTERNS.negationAll,
    'take the one that is not the {other}, the {third} or the {fourth}',
    'everything except the {other}, the {third} and the {fourth}, lift that',
    'not the {other}, not the {third}, not the {fourth}, the last one',
  ],
  negationShapes: [
    ...STUDY_PATTERNS.negationShapes,
    'pick up what is not a {a} and not a {b}',
    'no {a} and no {b}, take the other thing',
    'get the thing that is no {a} and no {b}',
  ],
  contrast: [
    ...STUDY_PATTERNS.contrast,
    'swap the {other} for the {target} in your plan and lift it',
    'keep away from the {other} and grab the {target}',
    'ignore the {other}, get the {target}',
    'I changed my mind about the {other}, take the {target}',
    'the {target} is better than the {other}, fetch it',
    'let the {other} be and raise the {target}',
    'skip the {other}, pick up the {target}',
    'between the {other} and the {target} take the {target}',
    'put off the {other}; lift the {target} now',
  ],
  leftmost: [
    ...STUDY_PATTERNS.leftmost,
    'lift the object at the left end',
    'the first one from the left, grab it',
    'get what is most to the left',
  ],
  rightmost: [
    ...STUDY_PATTERNS.rightmost,
    'take the rightmost thing',
    'pick up the one furthest to the right',
    'the first one from the right, grab it',
    'raise what is most to the right',
  ],
  nearest: [
    ...STUDY_PATTERNS.nearest,
    'take the one that is nearest to you',
    'lift the object with the least distance from you',
    'the closest thing, please',
    'get what is nearest',
  ],
  farthest: [
    ...STUDY_PATTERNS.farthest,
    'pick up the thing furthest from you',
    'grab the farthest one',
    'lift the most distant object',
    'take what is furthest away',
  ],
  leftOf: [
    ...STUDY_PATTERNS.leftOf,
    'lift what is left of the {anchor}',
    'grab the object on the left side of the {anchor}',
    'left of the {anchor} there is something, pick it up',
    'get the one that is to the left of the {anchor}',
  ],
  rightOf: [
    ...STUDY_PATTERNS.rightOf,
    'take the thing to the right of the {anchor}',
    'grab the object on the right side of the {anchor}',
    'right of the {anchor} there is something, pick it up',
    'get the one that is to the right of the {anchor}',
  ],
  behind: [
    ...STUDY_PATTERNS.behind,
    'take the thing that is behind the {anchor}',
    'lift what stands behind the {anchor}',
    'get the one further back than the {anchor}',
  ],
  inFrontOf: [
    ...STUDY_PATTERNS.inFrontOf,
    'pick up the object in front of the {anchor}',
    'take what stands in front of the {anchor}',
    'lift the thing nearer to you than the {anchor}',
  ],
  nearestTo: [
    ...STUDY_PATTERNS.nearestTo,
    'take the neighbour of the {anchor}',
    'grab the object that is nearest to the {anchor}',
    'lift what is next to the {anchor}',
    'get the one with the least distance from the {anchor}',
  ],
};

/** The patterns of both sets. */
export const FAR_PATTERNS: Readonly<Record<PatternSet, FarPatterns>> = {
  development: DEVELOPMENT_PATTERNS,
  report: FAR_REPORT_PATTERNS,
};

import type { Filter, Relation } from '../rules/meaning.ts';
import type { Mention, Token } from './tokens.ts';

/** How an instruction chooses a thing by its place: at an end of the scene, or by other things. */
export type Choice =
  | { readonly by: 'end'; readonly filter: Extract<Filter, { by: 'extreme' }> }
  | { readonly by: 'relation'; readonly relation: Relation; readonly anchors: readonly Mention[] };

const EXTREME = '(?:furthest|farthest|most|far|very far|further|extreme|all the way|right|last one|outermost)';
const SIDE = '(left|right)';
const ROBOT = '(?:you|yourself|your base|the robot|the arm|your arm|the base)';

/** Patterns of ends. `#` is a mention; the first group is the side. */
const ENDS: readonly (readonly [RegExp, 'near' | 'far' | 'side'])[] = [
  [
    new RegExp(
      `\\b${EXTREME}(?: over| one)?(?: to| on| at| toward)?(?: the| your)? ${SIDE}\\b(?! (?:hand )?(?:side )?of #)`,
    ),
    'side',
  ],
  [new RegExp(`\\b(?:at|on) the ${SIDE}(?: hand)? (?:end|edge)\\b`), 'side'],
  [new RegExp(`\\bnothing (?:to|on) (?:its|the) ${SIDE}\\b`), 'side'],
  [new RegExp(`\\bfrom the ${SIDE}\\b`), 'side'],
  [new RegExp(`\\b(?:nearest|closest|nearer|closer)(?: one)?(?: to)? ${ROBOT}\\b`), 'near'],
  [new RegExp(`\\b(?:least|smallest|shortest) (?:distance|reach|gap|way) (?:from|for|to) ${ROBOT}\\b`), 'near'],
  [
    new RegExp(
      `\\b(?:furthest|farthest|most distant|longest reach|greatest distance)(?: away)? (?:from|for|to) ${ROBOT}\\b`,
    ),
    'far',
  ],
  [/\b(?:furthest|farthest) away\b(?! from #)/, 'far'],
  [/\b(?:is|the) (?:nearest|closest)\b(?! (?:to |neighbor (?:of )?)?#)/, 'near'],
  [/\b(?:is|the) (?:furthest|farthest|most distant)\b(?! (?:away )?(?:from )?#)/, 'far'],
];
/** Patterns of relations; the mentions in them are anchors. */
const RELATIONS: readonly (readonly [RegExp, Relation | 'side'])[] = [
  [new RegExp(`\\b${SIDE}(?: hand)?(?: side)? of @`), 'side'],
  [new RegExp(`@ is (?:own )?${SIDE}\\b`), 'side'],
  [new RegExp(`@.*\\b(?:to|on|at) its ${SIDE}\\b`), 'side'],
  [new RegExp(`@.*\\b${SIDE} of it\\b`), 'side'],
  [/(?<!^|[.,] )\b(?:between|in between) @ and @/, 'between'],
  [
    /\b(?:behind|in back of|at the back of|beyond|further back than|farther back than|further away than|past) @/,
    'behind',
  ],
  [/@.*\bbehind it\b/, 'behind'],
  [/\b(?:in front of|before|ahead of|nearer to you than|closer to you than|nearer than|this side of) @/, 'in front of'],
  [/@.*\bin front of it\b/, 'in front of'],
  [/\b(?:furthest|farthest)(?: away)? from @/, 'farthest'],
  [
    /\b(?:next to|beside|nearest to|nearest|closest to|closest|near|near to|close to|by|alongside|adjacent to|neighbor of|neighbor to|beside of) @/,
    'nearest',
  ],
  [/@ (?:is )?(?:nearest |closest )?neighbor\b/, 'nearest'],
  [/\b(?:least|smallest|shortest) (?:distance|gap|way) (?:from|to) @/, 'nearest'],
];

const asText = (tokens: readonly Token[]): { readonly text: string; readonly starts: readonly number[] } => {
  const words = tokens.map((token) => (typeof token === 'string' ? token : '#'));
  let at = 0;
  const starts = words.map((word) => {
    const start = at;
    at += word.length + 1;
    return start;
  });
  return { text: words.join(' '), starts };
};

/** Finds by which place an instruction chooses a thing; several when it names several. */
export function choicesIn(tokens: readonly Token[]): readonly Choice[] {
  const { text, starts } = asText(tokens);
  const found = new Map<string, Choice>();
  for (const [pattern, relation] of RELATIONS) {
    const match = new RegExp(pattern.source.replaceAll('@', '#')).exec(text);
    if (!match) continue;
    const inside = starts.flatMap((start, i) =>
      typeof tokens[i] !== 'string' && start >= match.index && start < match.index + match[0].length ? [i] : [],
    );
    const anchors = inside.slice(relation === 'between' ? 0 : -1, relation === 'between' ? 2 : undefined);
    const backwards = /^#/.test(match[0]) && relation !== 'between';
    const named = backwards
      ? inside.filter((i) => isNamed(tokens[i])).slice(0, 1)
      : anchors.filter((i) => isNamed(tokens[i]));
    if (named.length === 0 || (relation === 'between' && named.length < 2)) continue;
    const meant: Relation = relation === 'side' ? (match[1] === 'left' ? 'left of' : 'right of') : relation;
    found.set(`${meant} ${named.join(' ')}`, {
      by: 'relation',
      relation: meant,
      anchors: named.map((i) => tokens[i] as Mention),
    });
  }
  if (found.size > 0) return [...found.values()];
  const ends = new Map<string, Choice>();
  const add = (towards: 'left' | 'right' | 'near' | 'far', rank = 1): void => {
    ends.set(`${towards} ${rank}`, { by: 'end', filter: { by: 'extreme', towards, rank } });
  };
  const rank = tokens.flatMap((token) => (typeof token === 'string' ? [] : (token.rank ?? [])))[0];
  for (const token of tokens) if (typeof token !== 'string' && token.end) add(token.end, token.rank);
  for (const [pattern, towards] of ENDS) {
    const match = pattern.exec(text);
    if (match) add(towards === 'side' ? (match[1] as 'left' | 'right') : towards, rank);
  }
  return [...ends.values()];
}

/** True for a thing that the words name, and not "the one". */
const isNamed = (token: Token): boolean => typeof token !== 'string' && token.isThing && hasName(token);
const hasName = ({ says }: Mention): boolean => says.colour !== undefined || says.kind !== undefined;

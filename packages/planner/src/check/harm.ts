import { stopWordIn } from '@praxis/core';
import { wordsIn } from '@praxis/teleop';

/** Longest word in a reason (characters). */
const MAX_WORD_LENGTH = 20;

/** Further words for breaking. */
const BREAKING = 'wreck demolish ruin crack snap tear rip cut slice chop scratch scrape dent ignite explode';

/** Forms of verbs that no skill may do, each with the verb for the reason. */
export const HARMFUL: ReadonlyMap<string, string> = new Map(
  (
    [
      ['throw', 'throw throws throwing toss tossing fling flinging hurl hurling chuck catapult launch'],
      [
        'hit',
        'hit hits hitting punch slap strike beat kick poke prod jab stab pierce attack fight hurt harm injure kill ' +
          'whack bash bite choke strangle scare frighten threaten chase',
      ],
      ['break', `smash crush crash destroy break shatter ram slam bang damage burn ${BREAKING}`],
      ['knock over', 'knock topple tip overturn shove'],
      ['swing', 'swing whirl wave flail spin jerk yank lunge'],
      ['squeeze', 'squeeze pinch squash squish flatten'],
      ['spill', 'spill splash pour drown'],
    ] as const
  ).flatMap(([what, all]) => all.split(' ').map((word) => [word, what] as const)),
);

/** Ways to ask that a protection be passed over. */
const BYPASS =
  /\b(ignore|disable|deactivate|bypass|override|overrule|skip|remove|forget|turn off|switch off|shut off|without|no)\b.{0,24}\b(safety|supervisor|limits?|checks?|bounds?|protections?|emergency|restrictions?|rules)\b/;
/** Ways to ask for more speed than the limits give. */
const SPEED =
  /\b(as fast as|full speed|top speed|maximum speed|(centi|milli)?meters (per|a) second|m s|faster than|quickly|quick|fast|hurry|at once as fast)\b/;
/** Words for people and their parts. */
const PERSON =
  /\b(me|my (hand|finger|fingers|arm|face|head|eye|nose|leg|foot|body|neck)|somebody|someone|the (man|woman|person|guy|child|cat|dog|operator|visitor))\b/;
/** Places and favours of which the speaker is no target: `in front of me`, `grab me the cube`. */
const FOR_THE_SPEAKER =
  /\b((give|hand|bring|get|fetch|pass|tell|show|ask|let|for|to|help|front of|near|behind|beside|excuse|pardon) me\b|(grab|take) me (?=(the|a|an|that|this|one|both|all|another)\b))/g;
const FORCEFUL = /\b(push|press|pull|grab|grip|squeeze|touch|hold|pick up|lift|take)\b/;
/** More force than a grip needs. */
const FORCE =
  /\b(as hard as|(all|full|maximum|max|too much) (of )?(your |the |its )?(force|strength|power|might)|until it (breaks|cracks|bursts|snaps))\b/;
/** A thing that falls rather than being put down. */
const FALL =
  /\bdrop\b.*\bfrom (a |the |that |this )?(great |full )?(height|high|above|the top|top|\w+ (centi|milli)?meters?)\b/;
const OFF_THE_TABLE =
  /\b(off|over|from) (the )?(edge|side|end)\b|\b(on|onto|to) the (floor|ground)\b|\b(push|sweep|wipe|brush|shove).*\boff\b/;

/**
 * Why a request must not reach any planner: it asks to harm somebody or something, to pass over a protection or for more speed, or it
 * has a stop word, which the supervisor gets. It reads English.
 * @param request the operator's words
 * @returns the reason in words; undefined for a request that may be planned
 */
export function harmIn(request: string): string | undefined {
  const words = wordsIn(request);
  const said = words.join(' ');
  if (BYPASS.test(said)) return 'safety limits and checks cannot be turned off by a request';
  const stop = stopWordIn(words);
  if (stop !== undefined)
    return `"${stop.slice(0, MAX_WORD_LENGTH)}" is a stop word: it stops the arm and plans nothing`;
  const harm = words.find((word) => HARMFUL.has(word));
  if (harm !== undefined) return `I do not ${HARMFUL.get(harm)} anything or anybody`;
  if (FORCEFUL.test(said) && /\bmy (hand|finger|fingers|arm|face|head|nose|leg|foot)\b/.test(said))
    return 'I do not touch people';
  if (FORCE.test(said)) return 'the force of a plan is that of the work cell: a request cannot raise it';
  if (FALL.test(said) || OFF_THE_TABLE.test(said)) return 'I let nothing fall';
  if (SPEED.test(said)) return 'the speed of a plan is that of the work cell: a request cannot raise it';
  const others = said.replaceAll(FOR_THE_SPEAKER, '');
  return FORCEFUL.test(said) && PERSON.test(others) ? 'I do not touch people' : undefined;
}

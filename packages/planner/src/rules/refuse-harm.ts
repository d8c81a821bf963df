import { stopWordIn } from '@praxis/core';
import { wordsIn } from '@praxis/teleop';
import { Refusal } from './answer.ts';
import { HARMFUL } from './phrases.ts';

/** Ways to ask that a protection be passed over. */
const BYPASS =
  /\b(ignore|disable|deactivate|bypass|override|overrule|skip|remove|forget|turn off|switch off|shut off|without|no)\b.{0,24}\b(safety|supervisor|limits?|checks?|bounds?|protections?|emergency|restrictions?|rules)\b/;
/** Ways to ask for more speed than the limits give. */
const SPEED =
  /\b(as fast as|full speed|top speed|maximum speed|(centi|milli)?meters (per|a) second|m s|faster than|quickly|quick|fast|hurry|at once as fast)\b/;
/** Words for people and their parts. */
const PERSON =
  /\b(me|my (hand|finger|fingers|arm|face|head|eye|nose|leg|foot|body|neck)|somebody|someone|the (man|woman|person|guy|child|cat|dog|operator|visitor))\b/;
const FORCEFUL = /\b(push|press|pull|grab|grip|squeeze|touch|hold|pick up|lift|take)\b/;
const OFF_THE_TABLE =
  /\b(off|over|from) (the )?(edge|side|end)\b|\b(on|onto|to) the (floor|ground)\b|\b(push|sweep|wipe|brush|shove).*\boff\b/;

/**
 * Refuses a request that would harm somebody or something, or that asks to pass over a protection. Only the operator's words come
 * here.
 * @throws {Refusal} with the reason
 */
export function refuseHarm(text: string): void {
  const words = wordsIn(text);
  const said = words.join(' ');
  if (BYPASS.test(said)) throw new Refusal('safety limits and checks cannot be turned off by a request');
  const stop = stopWordIn(words);
  if (stop !== undefined) throw new Refusal(`"${stop}" is a stop word: it stops the arm and plans nothing`);
  const harm = words.find((word) => HARMFUL.has(word));
  if (harm !== undefined) throw new Refusal(`I do not ${HARMFUL.get(harm)} anything or anybody`);
  if (FORCEFUL.test(said) && /\bmy (hand|finger|fingers|arm|face|head|nose|leg|foot)\b/.test(said))
    throw new Refusal('I do not touch people');
  if (OFF_THE_TABLE.test(said)) throw new Refusal('I let nothing fall off the table');
  if (SPEED.test(said)) throw new Refusal('the speed of a plan is that of the work cell: a request cannot raise it');
  if (
    FORCEFUL.test(said) &&
    PERSON.test(said.replace(/\b(give|hand|bring|get|fetch|pass|tell|show|ask|let|for|to|help) me\b/g, ''))
  )
    throw new Refusal('I do not touch people');
}

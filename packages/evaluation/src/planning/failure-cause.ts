import type { EpisodeOutcome } from '../episodes/outcome.ts';

/**
 * Why an episode with a planner failed. `request not read`: the planner refused it, or asked, with everything in view. `thing not seen`: it named something
 * that the cameras did not find. `wrong thing`: something lies on a place, or was moved, that the request wants elsewhere. `dropped`: a thing was put down and
 * is not there. `stopped by the supervisor` has the cause of the stop after it.
 */
export type FailureCause =
  | 'request not read'
  | 'thing not seen'
  | 'wrong thing'
  | 'missed grasp'
  | 'dropped'
  | 'time'
  | `stopped by the supervisor: ${string}`;

/** The cause of a failed episode, by the simulator's verdict on the final world and the record of the plan; undefined for any other episode. */
export function failureCause({ success, planned, safety, failure = '' }: EpisodeOutcome): FailureCause | undefined {
  if (success || !planned) return undefined;
  const { end, summary, failedSkill, placed } = planned;
  if (end === 'stopped') return `stopped by the supervisor: ${safety?.stopCause?.cause ?? 'unknown'}`;
  if (end === 'cancelled' && summary.includes('time limit')) return 'time';
  if (end === 'refused' || end === 'unanswered' || end === 'cancelled')
    return /\bthere is no\b/.test(summary) ? 'thing not seen' : 'request not read';
  if (end === 'failed' && failedSkill !== undefined) return failedSkill === 'place' ? 'dropped' : 'missed grasp';
  const wanted = [
    ...failure.matchAll(/the (.+?)(?: \([^)]*\))? is (?:on the table|fallen|not at rest)[^,]*, expected on the/g),
  ];
  const isDropped = wanted.some(([, thing]) => placed.some((name) => name.startsWith(thing)));
  return isDropped || /is fallen/.test(failure) ? 'dropped' : 'wrong thing';
}

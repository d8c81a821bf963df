import { type GoalResult, resultInWords } from '@praxis/teleop';
import { SkillError } from '../skill-error.ts';

/**
 * Outcomes of a motion that may stop on its way: `held` once its condition holds, `blocked` because an arm that presses on something no longer
 * follows its command.
 */
export const MAY_STOP_EARLY: readonly GoalResult['outcome'][] = ['done', 'held', 'blocked'];

/** @throws {SkillError} for a motion that did not end as it should */
export function expectDone(result: GoalResult, motion: string, accepted: readonly GoalResult['outcome'][] = ['done']) {
  if (accepted.includes(result.outcome)) return;
  throw new SkillError(`${motion}: ${resultInWords(result) ?? result.outcome}`);
}

/** Time for a motion of a length at a speed to be given up after (s). */
export const timeoutOf = (length: number, speed: number): number => 2 * (length / speed) + 1;

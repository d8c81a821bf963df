import type { Reading } from '@praxis/planner';
import { type Language, sentenceKind } from '@praxis/teleop';
import type { RequestPlanner } from '../teleoperation/drive.ts';
import type { DrivenArm } from '../teleoperation/driven-arm.ts';
import type { ReadingPolicy } from './reading-policy.ts';

/** Simulated time within which a policy has an instruction (s). */
const READING_TIME_S = 2;

/** Options of {@link driveReading}. */
export interface DriveReadingOptions {
  readonly arm: DrivenArm;
  /** The learned policy of the arm. */
  readonly policy: ReadingPolicy;
  readonly language: Language;
}

/**
 * Lets a policy that reads its instructions have every request while an arm is driven, also one with a negation, at which the command language
 * holds. Commands such as "left 5 cm", "stop" and a prohibition that names no thing stay what they are.
 */
export const driveReading = ({ arm, policy, language }: DriveReadingOptions): RequestPlanner => ({
  takes: (line) => line !== '/reset' && sentenceKind(language, line) === 'request',
  async execute(line, onProgress, signal) {
    // A motion by words ends; the sentence may even forbid it.
    arm.policy.hold();
    arm.episode.setInstruction(line);
    arm.policy.instruct();
    for (const end = arm.time + READING_TIME_S; policy.lastText !== line && arm.time < end && !signal.aborted; )
      await arm.step();
    const { reading } = policy;
    if (policy.lastText !== line || !reading) {
      arm.policy.hold();
      return onProgress('the instruction was not read: the policy did not get it', { kind: 'unread', text: line });
    }
    onProgress(readingInWords(reading), reading);
    // The task judges the plain wording, as it does one that was typed.
    if (reading.kind === 'meant') arm.episode.setInstruction(reading.text);
    else if (reading.kind !== 'as it is') arm.policy.hold();
  },
});

/** A reading as an answer to a person. */
function readingInWords(reading: Reading): string {
  if (reading.kind === 'refusal') return `refused: ${reading.reason}`;
  if (reading.kind === 'question') return `asks: ${reading.question}`;
  return reading.kind === 'meant' ? `means: ${reading.text}` : 'to the policy as it is';
}

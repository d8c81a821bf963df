import { InputError } from '@praxis/core';

/** What a person says of an episode. It stands beside what the task's own judge says, and counts before it. */
export interface OperatorJudgement {
  /** Undefined while the person has not judged it. */
  readonly outcome?: 'success' | 'failure';
  /** One line. Default: none. */
  readonly note?: string;
}

const OUTCOME = 'operator_outcome';
/** The fact with a person's words. */
export const NOTE = 'operator_note';
/** Most characters of a note. */
const MAX_NOTE_CHARACTERS = 1000;

/** The facts of a judgement for the end of a recording; none of what is not said. */
export const judgementFacts = ({ outcome, note }: OperatorJudgement): Readonly<Record<string, string>> => ({
  ...(outcome === undefined ? {} : { [OUTCOME]: outcome }),
  ...(note === undefined || note === '' ? {} : { [NOTE]: note }),
});

/**
 * A note as it is kept: without the white space around it.
 * @throws {InputError} for several lines, or more than 1000 characters
 */
export function checkedNote(text: string): string {
  const note = text.trim();
  if (/[\r\n]/.test(note)) throw new InputError('note: has several lines, expected one');
  if (note.length > MAX_NOTE_CHARACTERS)
    throw new InputError(`note: has ${note.length} characters, expected at most ${MAX_NOTE_CHARACTERS}`);
  return note;
}

/**
 * Reads the judgement from the facts of a recording's end.
 * @param name names the recording in messages
 * @throws {InputError} for an outcome that is neither success nor failure
 */
export function recordedJudgement(name: string, result: Readonly<Record<string, string>> = {}): OperatorJudgement {
  const { [OUTCOME]: outcome, [NOTE]: note } = result;
  if (outcome !== undefined && outcome !== 'success' && outcome !== 'failure')
    throw new InputError(`${name}: its ${OUTCOME} is ${outcome}, expected success or failure`);
  return { ...(outcome === undefined ? {} : { outcome }), ...(note === undefined ? {} : { note }) };
}

/** Whether an episode reached its goal: as the person says, else as the task's judge says. */
export const succeeded = ({ outcome }: OperatorJudgement, result: Readonly<Record<string, string>> = {}): boolean =>
  (outcome ?? result.outcome) === 'success';

/** A judgement in words, such as `success, "slow"`; empty if there is none. */
export const judgementWords = ({ outcome, note }: OperatorJudgement): string =>
  [...(outcome === undefined ? [] : [outcome]), ...(note ? [`"${note}"`] : [])].join(', ');

import { findTask } from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';
import type { Language } from '@praxis/teleop';
import type { SpokenInstruction } from './spoken-instruction.ts';

/** What the task asks for in one episode. */
export interface InstructionTrial {
  readonly seed: number;
  readonly written: string;
  /** What the policy is told when it is written. */
  readonly text: string;
}

/** What is known of one wish so far. */
export interface TrialOutcome {
  readonly spoken: SpokenInstruction;
  /** Whether the episode succeeded, by what the policy was told. */
  readonly succeeded: Readonly<Record<string, boolean>>;
}

export const instructionTrials = (
  task: string,
  seeds: readonly number[],
  language: Language,
): readonly InstructionTrial[] =>
  seeds.map((seed) => {
    const written = findTask(task).draw({ seed, wordings: wordingsOf(seed), swap: false }).instruction;
    const intent = language.interpret(written);
    return { seed, written, text: intent.kind === 'instruct' ? intent.text : written };
  });

/** What the policy is told by text, and where it was understood, by speech: the same words are one instruction. */
export const instructionsOf = ({ text }: InstructionTrial, { understood }: SpokenInstruction): readonly string[] =>
  understood.kind === 'instruction' && understood.text !== text ? [text, understood.text] : [text];

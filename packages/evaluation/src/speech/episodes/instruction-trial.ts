import type { Task } from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';
import type { Language } from '@praxis/teleop';
import type { SpokenInstruction } from './spoken-instruction.ts';

/** The instruction of one episode. */
export interface InstructionTrial {
  readonly seed: number;
  /** Instruction of the task. */
  readonly written: string;
  /** Instruction that the policy receives when the written one passes through the command language. */
  readonly text: string;
}

/** Results of one trial so far. */
export interface TrialOutcome {
  readonly spoken: SpokenInstruction;
  /** Success of the episode for each instruction that the policy received. */
  readonly succeeded: Readonly<Record<string, boolean>>;
}

/** Draws the instruction of each episode. */
export const instructionTrials = (
  task: Task,
  seeds: readonly number[],
  language: Language,
): readonly InstructionTrial[] =>
  seeds.map((seed) => {
    const written = task.draw({ seed, wordings: wordingsOf(seed), swap: false }).instruction;
    const intent = language.interpret(written);
    return { seed, written, text: intent.kind === 'instruct' ? intent.text : written };
  });

/** Instructions that the policy receives by text and by speech, without duplicates; a rejected utterance adds none. */
export const instructionsOf = ({ text }: InstructionTrial, { understood }: SpokenInstruction): readonly string[] =>
  understood.kind === 'instruction' && understood.text !== text ? [text, understood.text] : [text];

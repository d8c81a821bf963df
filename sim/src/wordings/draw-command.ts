import type { Random } from '@praxis/core';
import { type Command, commandWording, type Synonyms } from './command.ts';
import { type DrawnInstruction, drawInstruction, type InstructionOptions } from './draw-instruction.ts';

/** What an instruction that is a command is drawn from. */
export interface CommandOptions extends Omit<InstructionOptions, 'ofKind'> {
  /** What it asks for. */
  readonly right: Command;
  /** Draws the command for another goal of the scene, which a negation or a contrast rules out. */
  readonly wrong: (random: Random) => Command;
  readonly synonyms: Synonyms;
}

/**
 * Draws the instruction of a scene whose goals are commands, as {@link drawInstruction} does.
 * @param random source of the task's own draws
 * @throws {InputError} for a goal without another wording
 */
export const drawCommand = (random: Random, { right, wrong, synonyms, ...options }: CommandOptions): DrawnInstruction =>
  drawInstruction(random, {
    ...options,
    ofKind: (kind, own) => commandWording(kind, { right, wrong: wrong(own), synonyms }, options.set, own),
  });

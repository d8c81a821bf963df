import { errorMessage, type PolicySpec } from '@praxis/core';
import { judgeInstruction, Language } from '@praxis/teleop';
import { MessageError } from '@praxis/wire';
import type { NodePolicy } from '../project/project.ts';

/** What a node does with a text that is no task. */
export interface GateReactions {
  /** Requests a protective stop, for a stop word. */
  requestStop(word: string): void;
  /** Ends the motion and keeps the arm in place, for a text that forbids a motion. */
  hold(): void;
}

/**
 * Lets a text reach a policy only when the command language understands it as a task for that policy: the policy would move the
 * arm after any text. A stop word stops the arm, and a text that forbids a motion holds it.
 */
export class InstructionGate {
  readonly #language: Language;
  readonly #words: NodePolicy['words'];
  readonly #reactions: GateReactions;
  /** Last admitted instruction, to which a correction such as "no, the blue one" refers. */
  #instruction: string | undefined;

  /** @param inputs inputs of the policy: any task may start one that does not read the instruction */
  constructor({ vocabulary, words }: NodePolicy, { inputs }: Pick<PolicySpec, 'inputs'>, reactions: GateReactions) {
    this.#language = new Language(vocabulary);
    this.#words = inputs.some(({ modality }) => modality === 'language') ? words : 'open';
    this.#reactions = reactions;
  }

  /** Decides about a text as {@link admit} does, and answers a refusal. */
  admitMessage(text: string, answer: (reason: string) => void): string {
    try {
      return this.admit(text);
    } catch (error) {
      answer(errorMessage(error));
      throw error;
    }
  }

  /**
   * Decides about a text from anywhere: a topic, a goal of an action.
   * @returns the instruction for the policy
   * @throws {MessageError} with the reason for which the policy must not have it, such as "I don't know banana"
   */
  admit(text: string): string {
    const judged = judgeInstruction(this.#language, text, { instruction: this.#instruction });
    switch (judged.verdict) {
      case 'instruct':
        this.#instruction = judged.text;
        return judged.text;
      case 'stop':
        this.#reactions.requestStop(judged.word);
        throw new MessageError(`"${judged.word}" is a stop word: a protective stop is requested`);
      case 'hold':
        this.#reactions.hold();
        throw new MessageError(`"${text.trim()}" forbids a motion: the arm stays in place`);
      case 'refuse':
        if (this.#words === 'open' && text.trim() !== '') return text;
        throw new MessageError(judged.why);
    }
  }
}

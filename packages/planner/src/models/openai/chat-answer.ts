import { jsonText } from '@praxis/core';
import { PlannerError } from '../../planners/planner-error.ts';
import type { ToolCall } from '../plan-tools.ts';

/** Largest number of tool calls of an answer that are read. A plan of as many steps is far too long. */
const MAX_TOOL_CALLS = 1000;

/** An answer of `/chat/completions`, collected from one message or from the pieces of a stream. */
export class ChatAnswer {
  text = '';
  /** The words of a model that refuses by the protocol. */
  refusal = '';
  readonly calls: { name: string; arguments: string }[] = [];
  /** Why the model ended, such as `stop`, `tool_calls` or `length`; undefined before its end. */
  finishReason: string | undefined;
  promptTokens: number | undefined;
  answerTokens: number | undefined;
  readonly #source: string;
  readonly #callIndices = new Map<number, ToolCall & { arguments: string }>();

  /** @param source name of the planner, for messages */
  constructor(source: string) {
    this.#source = source;
  }

  /**
   * Adds a whole answer or one piece of it.
   * @throws {PlannerError} for a message of an error, and for one that is no answer
   */
  add(value: unknown): void {
    const { error, choices, usage } = recordOf(value);
    if (error !== undefined) throw new PlannerError(`${this.#source}: answers with the error ${errorText(error)}`);
    if (!Array.isArray(choices) && usage === undefined) {
      throw new PlannerError(`${this.#source}: answers with ${jsonText(value)}, expected a chat completion`);
    }
    const tokens = recordOf(usage);
    this.promptTokens = numberOf(tokens.prompt_tokens) ?? this.promptTokens;
    this.answerTokens = numberOf(tokens.completion_tokens) ?? this.answerTokens;
    const choice = recordOf(Array.isArray(choices) ? choices[0] : undefined);
    if (typeof choice.finish_reason === 'string') this.finishReason = choice.finish_reason;
    this.#addMessage(recordOf(choice.message ?? choice.delta));
  }

  #addMessage({ content, refusal, tool_calls: calls }: Record<string, unknown>): void {
    if (typeof content === 'string') this.text += content;
    if (typeof refusal === 'string') this.refusal += refusal;
    if (Array.isArray(calls)) for (const [position, call] of calls.entries()) this.#addCall(call, position);
  }

  /** A piece of a stream has the index of its call; the first one has its name. */
  #addCall(value: unknown, position: number): void {
    const call = recordOf(value);
    const { name, arguments: text } = recordOf(call.function);
    const index = numberOf(call.index) ?? position;
    let known = this.#callIndices.get(index);
    if (!known) {
      if (this.calls.length >= MAX_TOOL_CALLS) {
        throw new PlannerError(`${this.#source}: the answer has more than ${MAX_TOOL_CALLS} tool calls`);
      }
      known = { name: String(name ?? ''), arguments: '' };
      this.#callIndices.set(index, known);
      this.calls.push(known);
    }
    // Some servers send arguments as an object.
    if (typeof text === 'string') known.arguments += text;
    else if (text !== undefined && text !== null) known.arguments = JSON.stringify(text);
  }
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' && value >= 0 ? value : undefined);

/** Text of an error, which servers send as a text or as an object with a message. */
export const errorText = (error: unknown): string => jsonText(recordOf(error).message ?? error, 200);

import { jsonText } from '@praxis/core';
import { PlannerError } from '../../planners/planner-error.ts';
import { boundedText } from './bounded-body.ts';
import { ChatAnswer } from './chat-answer.ts';

/**
 * Reads the answer of an endpoint, whichever of its two forms it chose.
 * @param limit largest size (bytes)
 * @param source name of the planner, for messages
 * @throws {PlannerError} in one line for another content type, what is no JSON, and an answer that is too long
 * @throws the error of the connection when it is lost
 */
export async function readAnswer(response: Response, limit: number, source: string): Promise<ChatAnswer> {
  const type = (response.headers.get('content-type') ?? 'nothing').split(';')[0].trim().toLowerCase();
  const answer = new ChatAnswer(source);
  if (type === 'text/event-stream') await readEvents(boundedText(response, limit, source), answer, source);
  else if (type === 'application/json') answer.add(await readJson(boundedText(response, limit, source), source));
  else {
    await response.body?.cancel();
    throw new PlannerError(`${source}: answers with ${jsonText(type)}, expected application/json or text/event-stream`);
  }
  return answer;
}

async function readJson(parts: AsyncIterable<string>, source: string): Promise<unknown> {
  let text = '';
  for await (const part of parts) text += part;
  return parsed(text, source);
}

/** Reads server-sent events (WHATWG HTML, 9.2): lines `data: JSON`, the last of them `data: [DONE]`. */
async function readEvents(parts: AsyncIterable<string>, answer: ChatAnswer, source: string): Promise<void> {
  let rest = '';
  let isDone = false;
  const addLine = (line: string): void => {
    if (!line.startsWith('data:')) return;
    const data = line.slice('data:'.length).trim();
    if (data === '[DONE]') isDone = true;
    else if (data !== '') answer.add(parsed(data, source));
  };
  for await (const part of parts) {
    const lines = (rest + part).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) addLine(line);
    if (isDone) return;
  }
  addLine(rest);
  if (!isDone && answer.finishReason === undefined) {
    throw new PlannerError(`${source}: the stream ends in the middle of the answer`);
  }
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlannerError(`${source}: answers with ${jsonText(text)}, expected JSON of the OpenAI protocol`, {
      cause,
    });
  }
}

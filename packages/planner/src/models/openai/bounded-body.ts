import { PlannerError } from '../../planners/planner-error.ts';

/**
 * Text of a response, piece by piece as it arrives.
 * @param limit largest size (bytes); what is longer is not read further
 * @param source name of the planner, for the message
 * @throws {PlannerError} past the limit
 */
export async function* boundedText(response: Response, limit: number, source: string): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let bytes = 0;
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      if (bytes > limit) {
        throw new PlannerError(`${source}: the answer is longer than ${limit} bytes, the largest size that is read`);
      }
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    // Also closes the connection of an answer that nobody reads further.
    await reader.cancel().catch(() => undefined);
  }
}

/** First characters of a response in one line, for messages. It reads no more than it needs. */
export async function startOf(response: Response, length: number): Promise<string> {
  let text = '';
  try {
    for await (const part of boundedText(response, 4 * length, '')) {
      text += part;
      if (text.length > length) break;
    }
  } catch {
    // What was read so far is all that there is to show.
  }
  return text.slice(0, length).replace(/\s+/g, ' ').trim();
}

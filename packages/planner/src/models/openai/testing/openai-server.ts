import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that arrived. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: {
    readonly model: string;
    readonly stream?: boolean;
    readonly messages: readonly { readonly role: string; readonly content: unknown }[];
    readonly [field: string]: unknown;
  };
}

/** Answers one request. */
export type Behaviour = (response: ServerResponse, request: ReceivedRequest) => void | Promise<void>;

/** A server on the loopback interface that speaks the OpenAI protocol, and breaks it where a test wants that. */
export class OpenAiServer {
  readonly requests: ReceivedRequest[] = [];
  /** Number of requests whose connection the client closed before the end of the answer. */
  aborted = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param behaviours answers of the requests in order; the last one answers all later requests too */
  static async start(...behaviours: readonly Behaviour[]): Promise<OpenAiServer> {
    const server = createServer();
    const started = new OpenAiServer(server);
    const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
      let text = '';
      for await (const part of incoming) text += part;
      const request = { path: incoming.url ?? '', headers: incoming.headers, body: JSON.parse(text) };
      response.on('close', () => {
        if (!response.writableFinished) started.aborted++;
      });
      const behaviour = behaviours[Math.min(started.requests.length, behaviours.length - 1)];
      started.requests.push(request);
      await behaviour(response, request);
    };
    server.on('request', (incoming, response) => void answer(incoming, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  /** Address for the option `baseUrl`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const USAGE = { prompt_tokens: 1000, completion_tokens: 50, total_tokens: 1050 };
/** Characters of one piece of a stream. */
const PIECE_LENGTH = 50;

const pieces = (text: string): readonly string[] => text.match(new RegExp(`[^]{1,${PIECE_LENGTH}}`, 'g')) ?? [];

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

const delta = (fields: object, finish: string | null = null): string =>
  event({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: fields, finish_reason: finish }] });

/** Ends a stream as servers do: the reason, the tokens, the mark. */
const streamEnd = (finish: string): string =>
  `${delta({}, finish)}${event({ choices: [], usage: USAGE })}data: [DONE]\n\n`;

/** A stream that takes a whole text as its answer, for bodies that have no proper end. */
export const startStream = (response: ServerResponse): void => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  response.write(delta({ role: 'assistant', content: '' }));
};

/** Answers with a text, in a stream when the request asks for one. */
export const says =
  (text: string, finish = 'stop'): Behaviour =>
  (response, { body: { stream } }) => {
    if (!stream) return sendMessage(response, { role: 'assistant', content: text }, finish);
    startStream(response);
    for (const piece of pieces(text)) response.write(delta({ content: piece }));
    response.end(streamEnd(finish));
  };

/** Answers with a value as JSON. */
export const answers = (value: unknown): Behaviour => says(JSON.stringify(value));

/** Answers with tool calls, their arguments in pieces when the request asks for a stream. */
export const calls =
  (...tools: readonly (readonly [name: string, given: unknown])[]): Behaviour =>
  (response, { body: { stream } }) => {
    const functions = tools.map(([name, given]) => ({
      name,
      arguments: typeof given === 'string' ? given : JSON.stringify(given),
    }));
    if (!stream) {
      const message = { content: null, tool_calls: functions.map((each) => ({ type: 'function', function: each })) };
      return sendMessage(response, message, 'tool_calls');
    }
    startStream(response);
    functions.forEach(({ name, arguments: text }, index) => {
      const first = { index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } };
      response.write(delta({ tool_calls: [first] }));
      for (const piece of pieces(text)) {
        response.write(delta({ tool_calls: [{ index, function: { arguments: piece } }] }));
      }
    });
    response.end(streamEnd('tool_calls'));
  };

function sendMessage(response: ServerResponse, message: object, finish: string): void {
  const body = { object: 'chat.completion', choices: [{ index: 0, message, finish_reason: finish }], usage: USAGE };
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers with a status and an error in the protocol's form. */
export const fails =
  (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message, type: 'error', code: status } }));
  };

/** Sends a body as it is. */
export const sends =
  (type: string, body: string): Behaviour =>
  (response) =>
    void response.writeHead(200, { 'Content-Type': type }).end(body);

/** Sends the first half of an answer and ends the connection, as a server that is killed. */
export const diesMidAnswer: Behaviour = (response) => {
  startStream(response);
  response.write(delta({ content: '{"plan": {"kind": "st' }), () => response.destroy());
};

/** Ends the connection before any answer. */
export const hangsUp: Behaviour = (response) => void response.destroy();

/** Begins an answer and never ends it. */
export const hangs: Behaviour = (response) => startStream(response);

import { InputError } from '@praxis/core';
import { afterEach, describe, expect, it } from 'vitest';
import { plan as planSchema } from '../../plan/plan.ts';
import { PlannerError } from '../../planners/planner-error.ts';
import { COMPACT_SYSTEM, compactPromptOf } from '../compact-prompt.ts';
import type { PlannerExchange } from '../exchange.ts';
import { LIFT, planRequest } from '../testing/request.ts';
import { OpenAiPlanner } from './openai-planner.ts';
import type { OpenAiOptions } from './options.ts';
import {
  answers,
  type Behaviour,
  calls,
  diesMidAnswer,
  fails,
  hangs,
  hangsUp,
  OpenAiServer,
  says,
  sends,
  startStream,
} from './testing/openai-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** A server with a planner that waits a millisecond before its second attempt. */
async function connect(
  behaviours: readonly Behaviour[],
  options: Partial<OpenAiOptions> = {},
): Promise<{ server: OpenAiServer; planner: OpenAiPlanner; exchanges: PlannerExchange[] }> {
  const server = await OpenAiServer.start(...behaviours);
  const planner = new OpenAiPlanner({ baseUrl: server.url, model: 'test', backOff: 0.001, timeout: 120, ...options });
  const exchanges: PlannerExchange[] = [];
  planner.exchanges$.subscribe((each) => exchanges.push(each));
  open.push(planner, server);
  return { server, planner, exchanges };
}

/** An event of llama.cpp's server (release 11434) with one token. */
const llamaEvent = (content: string): string =>
  `data: ${JSON.stringify({
    choices: [{ finish_reason: null, index: 0, delta: { content } }],
    created: 1_764_648_661,
    id: 'chatcmpl-abcdefghijklmnopqrstuvwxyz012345',
    model: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    system_fingerprint: 'b1-unknown',
    object: 'chat.completion.chunk',
  })}\n\n`;

/** The error of a planning. */
async function errorOf(planner: OpenAiPlanner, request = planRequest()): Promise<Error> {
  const outcome = await planner.plan(request).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(Error);
  const error = outcome as Error;
  expect(error.message).not.toContain('\n');
  expect(error.message.length).toBeLessThan(400);
  return error;
}

describe('an answer', () => {
  it.each(['streamed', 'whole'] as const)('that is %s gives the plan, its tokens and its price', async (transfer) => {
    const prices = { promptPerMillion: 2, answerPerMillion: 10 };
    const { server, planner, exchanges } = await connect([answers({ plan: LIFT })], { transfer, prices });
    const { plan, cost } = await planner.plan(planRequest());
    expect(plan).toEqual(LIFT);
    expect(cost).toMatchObject({ promptTokens: 1000, answerTokens: 50, money: 0.0025 });
    const [{ path, body }] = server.requests;
    expect(path).toBe('/v1/chat/completions');
    expect(body).toMatchObject({ model: 'test', temperature: 0, response_format: { type: 'json_schema' } });
    expect(exchanges).toMatchObject([
      { attempt: 1, sent: body, answer: { text: JSON.stringify({ plan: LIFT }) }, cost },
    ]);
  });

  it('is asked for with its largest length and the schema of this scene, so that no server falls back on its own', async () => {
    const { server, planner } = await connect([answers({ plan: LIFT }), answers({ plan: LIFT })]);
    await planner.plan(planRequest());
    const [{ body }] = server.requests;
    expect(body).toMatchObject({ max_tokens: 1024, stream: true, stream_options: { include_usage: true } });
    const { schema } = (body.response_format as { json_schema: { schema: object } }).json_schema;
    expect(schema).toMatchObject({ type: 'object', required: ['plan'] });
    expect(JSON.stringify(schema)).toContain('"thing":{"type":"string","enum":["red cube"');
    const short = await connect([answers({ plan: LIFT })], { maxTokens: 300, transfer: 'whole' });
    await short.planner.plan(planRequest());
    const [{ body: whole }] = short.server.requests;
    expect(whole).toMatchObject({ max_tokens: 300 });
    expect(whole).not.toHaveProperty('stream');
  });

  it('of the largest length, streamed as llama.cpp does, a token in each event, arrives whole', async () => {
    const { planner } = await connect([
      (response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        const text = JSON.stringify({ plan: LIFT });
        for (const token of [...'\n'.repeat(1024 - text.length), ...text]) response.write(llamaEvent(token));
        response.end('data: [DONE]\n\n');
      },
    ]);
    expect((await planner.plan(planRequest())).plan).toEqual(LIFT);
  });

  it('of a model that was adapted to the skills is asked for in the compact form, and by chance once it was rejected', async () => {
    const { server, planner } = await connect([says(JSON.stringify(LIFT)), says(JSON.stringify(LIFT))], {
      detail: 'compact',
    });
    const request = planRequest();
    expect((await planner.plan(request)).plan).toEqual(LIFT);
    await planner.plan({ ...request, rejected: [{ plan: LIFT, reasons: ['it is too far'] }] });
    const [first, second] = server.requests.map(({ body }) => body);
    expect(first.messages).toEqual([
      { role: 'system', content: COMPACT_SYSTEM },
      { role: 'user', content: compactPromptOf(request) },
    ]);
    expect(JSON.stringify(first.response_format)).not.toContain('"required":["plan"]');
    expect([first.temperature, second.temperature]).toEqual([0, 0.7]);
  });

  it('inside a fence of Markdown, after thoughts, is found', async () => {
    const text = `<think>{"plan": 1}</think>Here it is:\n\`\`\`json\n${JSON.stringify(LIFT)}\n\`\`\`\nDone.`;
    const { planner } = await connect([says(text)]);
    expect((await planner.plan(planRequest())).plan).toEqual(LIFT);
  });

  it.each(['streamed', 'whole'] as const)('of tool calls, %s, gives one step for each skill', async (transfer) => {
    const { server, planner } = await connect(
      [
        calls(
          ['pick', { thing: 'red cube' }],
          ['place', { place: 'left tray', when: { thing: 'red cube', is: 'heavy' } }],
        ),
      ],
      { answer: 'skill_tools', transfer },
    );
    const { plan } = await planner.plan(planRequest());
    expect(plan).toEqual({
      kind: 'steps',
      restatement: 'lift the red cube',
      steps: [
        { skill: 'pick', arguments: { thing: 'red cube' } },
        { skill: 'place', arguments: { place: 'left tray' }, when: { thing: 'red cube', is: 'heavy' } },
      ],
    });
    const tools = server.requests[0].body.tools as { function: { name: string; parameters: object } }[];
    expect(tools.map((tool) => tool.function.name)).toEqual(
      expect.arrayContaining(['pick', 'place', 'weigh', 'answer_with_question', 'answer_with_refusal']),
    );
  });

  it('of the tool propose_plan, and of those that ask and refuse, is a plan', async () => {
    const { planner } = await connect([calls(['propose_plan', { plan: LIFT }])], { answer: 'propose_plan' });
    expect((await planner.plan(planRequest())).plan).toEqual(LIFT);
    const other = await connect([calls(['answer_with_refusal', { reason: 'there is no lemon' }])]);
    expect((await other.planner.plan(planRequest())).plan).toEqual({ kind: 'refusal', reason: 'there is no lemon' });
  });

  it('with a tool that does not exist is a plan with a skill that does not exist', async () => {
    const { planner, server } = await connect([calls(['self_destruct', { now: true }])], { answer: 'skill_tools' });
    expect((await planner.plan(planRequest())).plan).toMatchObject({
      steps: [{ skill: 'self_destruct', arguments: { now: true } }],
    });
    expect(server.requests).toHaveLength(1);
  });

  it('of 10,000 steps within the size arrives whole and is no plan', async () => {
    const steps = Array.from({ length: 10_000 }, () => ({ skill: 'home', arguments: {} }));
    const { planner } = await connect([answers({ plan: { ...LIFT, steps } })], {
      maxAnswerBytes: 3e6,
      transfer: 'whole',
    });
    const { plan } = await planner.plan(planRequest());
    expect((plan as { steps: unknown[] }).steps).toHaveLength(10_000);
    expect(planSchema.safeParse(plan).success).toBe(false);
  });
});

describe('a fault of the endpoint is one line after a bounded number of requests:', () => {
  const megabyte = 'x'.repeat(1_000_000);
  const tooManySteps = JSON.stringify({ plan: { steps: Array(10_000).fill({ skill: 'home', arguments: {} }) } });
  const cases: readonly (readonly [string, Behaviour, requests: number, RegExp, Partial<OpenAiOptions>?])[] = [
    ['killed in mid-answer', diesMidAnswer, 3, /connection failed: .*\(3 attempts\)$/],
    ['hangs up', hangsUp, 3, /connection failed: .*\(3 attempts\)$/],
    ['hangs', hangs, 1, /no answer within 0.3 s$/, { timeout: 0.3 }],
    ['garbage', says('\u0000\u001b[2J lift it yourself'), 1, /the answer is .*, expected a plan as JSON$/],
    ['an empty answer', says(''), 1, /the answer is empty/],
    ['half JSON', says('{"plan": {"kind": "steps", "steps": [{"skill"'), 1, /ends in the middle of its JSON/],
    ['an answer cut off by its length', says('{"plan": {"kind"', 'length'), 1, /cut off at 50 tokens/],
    ['a megabyte in a stream', says(megabyte), 1, /longer than 524288 bytes/],
    ['a megabyte of HTML', sends('text/html', megabyte), 1, /answers with "text\/html", expected application\/json/],
    ['a megabyte of JSON', sends('application/json', `"${megabyte}"`), 1, /longer than 524288 bytes/],
    ['10,000 steps', says(tooManySteps), 1, /longer than 524288 bytes/],
    [
      '10,000 tool calls',
      calls(...Array(3000).fill(['home', {}])),
      1,
      /more than 1000 tool calls/,
      { maxAnswerBytes: 1e7 },
    ],
    ['tool calls of half JSON', calls(['pick', '{"thing": "red']), 1, /arguments of its call "pick".*expected JSON/],
    ['an event that is no JSON', sends('text/event-stream', 'data: {"choices"\n\n'), 1, /expected JSON of the OpenAI/],
    [
      'a stream that ends early',
      sends('text/event-stream', 'data: {"choices": []}\n\n'),
      1,
      /in the middle of the answer/,
    ],
    ['another JSON', sends('application/json', '{"hello": 1}'), 1, /expected a chat completion/],
    [
      'an error inside a success',
      sends('application/json', '{"error": {"message": "no such model"}}'),
      1,
      /no such model/,
    ],
    ['a storm of 429', fails(429, 'slow down', { 'Retry-After': '0' }), 3, /status 429: "slow down" \(3 attempts\)$/],
    ['a storm of 503', fails(503, 'loading model'), 3, /status 503: "loading model" \(3 attempts\)$/],
    ['status 400', fails(400, 'context is too long'), 1, /status 400: "context is too long"$/],
    ['status 401', fails(401, 'wrong key'), 1, /status 401: "wrong key"$/],
  ];
  const rows = cases.map(([name, behaviour, requests, line, options = {}]) => ({
    name,
    behaviour,
    requests,
    line,
    options,
  }));
  it.each(rows)('$name', async ({ behaviour, requests, line, options }) => {
    const { planner, server, exchanges } = await connect([behaviour], options);
    const error = await errorOf(planner);
    expect(error).toBeInstanceOf(PlannerError);
    expect(error.message).toMatch(line);
    expect(error.message).toMatch(/^test at 127\.0\.0\.1:\d+: /);
    expect(server.requests).toHaveLength(requests);
    expect(exchanges).toHaveLength(requests);
  });

  it('a redirect is not followed', async () => {
    const elsewhere = await OpenAiServer.start(answers({ plan: LIFT }));
    open.push(elsewhere);
    const { planner, server } = await connect([
      (response) => void response.writeHead(307, { Location: `${elsewhere.url}/chat/completions` }).end(),
    ]);
    expect((await errorOf(planner)).message).toMatch(/connection failed: .*redirect/);
    expect([server.requests.length, elsewhere.requests.length]).toEqual([3, 0]);
  });

  it('none that listens', async () => {
    const { planner, server } = await connect([hangs]);
    await server.close();
    expect((await errorOf(planner)).message).toMatch(/connection failed: .*ECONNREFUSED.*\(3 attempts\)$/);
  });
});

it('recovers when a later attempt succeeds', async () => {
  const { planner, server } = await connect([fails(503, 'loading'), diesMidAnswer, answers({ plan: LIFT })]);
  expect((await planner.plan(planRequest())).plan).toEqual(LIFT);
  expect(server.requests).toHaveLength(3);
});

it('ends at once with the reason of its signal, and closes the connection', async () => {
  const controller = new AbortController();
  const reason = new InputError('the blue one first');
  const { planner, server } = await connect([
    (response) => {
      startStream(response);
      controller.abort(reason);
    },
  ]);
  await expect(planner.plan(planRequest({ signal: controller.signal }))).rejects.toBe(reason);
  await expect(planner.plan(planRequest({ signal: controller.signal }))).rejects.toBe(reason);
  expect(server.requests).toHaveLength(1);
  await expect.poll(() => server.aborted).toBe(1);
});

it('sends nothing more when the budget is spent', async () => {
  const prices = { promptPerMillion: 1000, answerPerMillion: 0 };
  const { planner, server } = await connect([answers({ plan: LIFT })], { prices, budget: 1 });
  await planner.plan(planRequest());
  expect((await errorOf(planner)).message).toMatch(/1 of the budget of 1 are spent/);
  expect(server.requests).toHaveLength(1);
});

describe('the key', () => {
  const KEY = 'sk-secret-0123456789';

  it('is sent in the header alone and is in no message and no log', async () => {
    const { planner, server, exchanges } = await connect(
      [fails(401, `Incorrect key ${KEY}`), answers({ plan: LIFT })],
      {
        key: () => KEY,
      },
    );
    const error = await errorOf(planner);
    await planner.plan(planRequest());
    expect(server.requests[0].headers.authorization).toBe(`Bearer ${KEY}`);
    expect(error.message).toContain('Incorrect key (key)');
    const all = JSON.stringify([
      exchanges,
      server.requests.map(({ body }) => body),
      error.message,
      String(error.stack),
    ]);
    expect(all).not.toContain(KEY);
  });

  it('goes over no network unencrypted', async () => {
    const planner = new OpenAiPlanner({ baseUrl: 'http://example.org/v1', model: 'm', key: () => KEY });
    const error = await errorOf(planner);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toBe('example.org: a key is sent over https: or to this machine only');
  });

  it('with a line feed is refused without being shown', async () => {
    const { planner, server } = await connect([answers(LIFT)], { key: () => `${KEY}\n` });
    expect((await errorOf(planner)).message).toMatch(/^127\.0\.0\.1:\d+: the key has characters/);
    expect(server.requests).toHaveLength(0);
  });
});

it.each([
  [{ baseUrl: 'nowhere', model: 'm' }, 'nowhere: no address'],
  [{ baseUrl: 'ftp://example.org', model: 'm' }, 'ftp: is no protocol of an endpoint'],
  [{ baseUrl: 'https://user:secret@example.org/v1', model: 'm' }, 'example.org: the address has a user or a password'],
  [{ baseUrl: 'http://localhost/v1', model: ' ' }, 'no model is named'],
  [{ baseUrl: 'http://localhost/v1', model: 'm', retries: 100 }, 'retries 100: expected a whole number from 0 to 5'],
  [{ baseUrl: 'http://localhost/v1', model: 'm', timeout: 0 }, 'timeout 0 s: expected more than 0'],
])('refuses %j', (options, line) => {
  expect(() => new OpenAiPlanner(options)).toThrow(InputError);
  expect(() => new OpenAiPlanner(options)).toThrow(line);
  expect(() => new OpenAiPlanner(options)).not.toThrow('secret');
});

it('sends pictures to a model with eyes, as PNG', async () => {
  const { planner, server } = await connect([answers(LIFT)], { pictures: 'attached' });
  const request = planRequest();
  const picture = { camera: 'front', width: 2, height: 1, rgb: Uint8Array.of(255, 0, 0, 0, 0, 255) };
  await planner.plan({ ...request, context: { ...request.context, pictures: [picture] } });
  expect(server.requests[0].body.messages[1].content).toMatchObject([
    { type: 'text' },
    { type: 'image_url', image_url: { url: expect.stringMatching(/^data:image\/png;base64,iVBORw0KGgo/) } },
  ]);
});

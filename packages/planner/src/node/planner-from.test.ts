import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answers, OpenAiServer } from '../models/openai/testing/openai-server.ts';
import { LIFT, planRequest } from '../models/testing/request.ts';
import type { Planner } from '../planners/planner.ts';
import { plannerFrom } from './planner-from.ts';
import { RecordedPlanner } from './recorded/recorded-planner.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-planner-'));
  writeFileSync(join(folder, 'a.gguf'), 'GGUF');
  writeFileSync(join(folder, '001.json'), JSON.stringify({ plan: LIFT }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const rules: Planner = { name: 'rules', plan: async () => ({ plan: LIFT, cost: { seconds: 0 } }) };
const registered = { names: ['rules'], get: (name: string) => (name === 'rules' ? () => rules : undefined) };

it('finds a planner by name, file, folder and address', async () => {
  expect(await plannerFrom('rules', { registered })).toBe(rules);
  expect((await plannerFrom(join(folder, 'a.gguf'))).name).toBe('a.gguf');
  expect((await plannerFrom('https://example.org/v1#qwen3:4b')).name).toBe('qwen3:4b at example.org');
  expect(await plannerFrom(`recorded:${folder}`)).toBeInstanceOf(RecordedPlanner);
});

it('sends the key of the named variable', async () => {
  const server = await OpenAiServer.start(answers({ plan: LIFT }));
  const environment = { MY_KEY: 'abc', PRAXIS_PLANNER_KEY: 'def' };
  const keys: unknown[] = [];
  for (const keyVariable of ['MY_KEY', undefined]) {
    const planner = await plannerFrom(`${server.url}#m`, { environment, keyVariable });
    await planner.plan(planRequest());
    keys.push(server.requests.at(-1)?.headers.authorization);
  }
  await server.close();
  expect(keys).toEqual(['Bearer abc', 'Bearer def']);
});

it.each([
  ['nonsense', {}, 'unknown planner "nonsense": expected one of rules, http://HOST/v1#MODEL, FILE.gguf, recorded:DIR'],
  ['http://localhost/v1', {}, 'http://localhost/v1: no model is named, expected http://localhost/v1#NAME'],
  ['none.gguf', {}, 'none.gguf: no such file'],
  ['recorded:/none', {}, '/none: cannot be read (ENOENT)'],
  ['rules', { adapter: 'a.gguf' }, 'rules: takes no adapter'],
  ['rules', { log: 'x' }, 'rules: sends nothing to a model'],
  ['https://example.org/v1#m', { keyVariable: 'UNSET' }, 'the environment variable UNSET is not set'],
  ['https://example.org/v1#m', { keyVariable: 'sk-123-secret' }, 'is no name of an environment variable'],
])('refuses %s with %j in one line', async (text, options, line) => {
  const error = await plannerFrom(text, { registered, environment: {}, ...options }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).toContain(line);
  expect((error as Error).message).not.toContain('secret');
});

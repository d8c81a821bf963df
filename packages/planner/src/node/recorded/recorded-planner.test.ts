import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlannerExchange } from '../../models/exchange.ts';
import { LIFT, planRequest } from '../../models/testing/request.ts';
import { PlannerError } from '../../planners/planner-error.ts';
import { logExchanges } from '../exchange-log.ts';
import { recordAnswers } from './record-answers.ts';
import { RecordedPlanner } from './recorded-planner.ts';
import { requestHash } from './request-hash.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-recorded-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, value: unknown): void => writeFileSync(join(folder, name), JSON.stringify(value));
const planOf = async (planner: RecordedPlanner, request: string) => (await planner.plan(planRequest({ request }))).plan;

it('answers a request by its hash, others in order, each answer once', async () => {
  write('001.json', { plan: 'first' });
  write('002.json', { plan: 'second' });
  write(`${requestHash(planRequest())}.json`, { plan: LIFT, cost: { seconds: 1, money: 2 } });
  const planner = new RecordedPlanner(folder);
  expect(await planOf(planner, 'home')).toBe('first');
  expect(await planner.plan(planRequest())).toEqual({ plan: LIFT, cost: { seconds: 1, money: 2 } });
  expect(await planOf(planner, 'home')).toBe('second');
  await expect(planOf(planner, 'home')).rejects.toThrow(PlannerError);
  await expect(planOf(planner, 'home')).rejects.toThrow(
    /no answer is left for "home", expected a file [0-9a-f]{16}\.json/,
  );
});

it('gives back what was recorded, to the same requests in any order', async () => {
  const planner = recordAnswers(
    { name: 'echo', plan: async ({ request }) => ({ plan: { request }, cost: { seconds: 0.5 } }) },
    folder,
  );
  for (const request of ['home', 'stop it', 'home']) await planner.plan(planRequest({ request }));
  expect(readdirSync(folder).sort()).toEqual([1, 2, 3].map((n) => expect.stringMatching(new RegExp(`^00${n}-`))));
  const replayed = new RecordedPlanner(folder);
  expect(await planOf(replayed, 'stop it')).toEqual({ request: 'stop it' });
  expect(await planOf(replayed, 'home')).toEqual({ request: 'home' });
  await expect(planOf(replayed, 'never said')).rejects.toThrow(PlannerError);
});

it('a rejected answer makes another request of it', () => {
  expect(requestHash(planRequest({ rejected: [{ plan: LIFT, reasons: [] }] }))).not.toBe(requestHash(planRequest()));
});

it('a missing folder, an empty one and a broken file are one line each', async () => {
  expect(() => new RecordedPlanner(join(folder, 'none'))).toThrow(InputError);
  expect(() => new RecordedPlanner(folder)).toThrow(/has no answer, expected files such as 001\.json/);
  writeFileSync(join(folder, '001.json'), '{"plan"');
  await expect(planOf(new RecordedPlanner(folder), 'home')).rejects.toThrow(/001\.json: is no recorded answer/);
});

it('the log has one JSON object for each exchange, and only its owner may read it', () => {
  const exchanges$ = new Subject<PlannerExchange>();
  const path = join(folder, 'log.jsonl');
  const planner = { name: 'm', isModel: true as const, exchanges$, plan: () => Promise.reject(new Error()) };
  const end = logExchanges(planner, path);
  const exchange = { time: '2026-01-01T00:00:00Z', model: 'm', attempt: 1, sent: { text: 'a\nb' } };
  exchanges$.next(exchange);
  exchanges$.next({ ...exchange, attempt: 2 });
  end();
  exchanges$.next(exchange);
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([exchange, { ...exchange, attempt: 2 }]);
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(() => logExchanges(planner, join(folder, 'none', 'log'))).toThrow(/cannot be written \(ENOENT\)/);
});

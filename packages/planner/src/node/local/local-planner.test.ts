import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { COMPACT_SYSTEM } from '../../models/compact-prompt.ts';
import type { PlannerExchange } from '../../models/exchange.ts';
import { LIFT, planRequest } from '../../models/testing/request.ts';
import { LocalPlanner, type LocalPlannerOptions } from './local-planner.ts';

/** A library in the place of node-llama-cpp whose model does what the request says. */
const LIBRARY = `
import { getPriority } from 'node:os';
const sequence = { tokenMeter: { usedInputTokens: 0, usedOutputTokens: 0 }, clearHistory: async () => {} };
export const getLlama = async () => ({
  loadModel: async ({ modelPath }) => {
    if (modelPath.includes('broken')) throw new Error('no magic\\nin the file');
    return { trainContextSize: 8192, createContext: async ({ lora }) => ({ getSequence: () => ({ ...sequence, lora }) }) };
  },
  createGrammar: async ({ grammar }) => ({ root: grammar.slice(0, 8) }),
});
export class LlamaChatSession {
  constructor({ contextSequence, systemPrompt }) { Object.assign(this, { contextSequence, systemPrompt }); }
  async promptWithMeta(text, { grammar, maxTokens, temperature, seed, signal }) {
    const { tokenMeter, lora } = this.contextSequence;
    tokenMeter.usedInputTokens += 100;
    tokenMeter.usedOutputTokens += 10;
    if (text.includes('crash')) process.kill(process.pid, 'SIGSEGV');
    if (text.includes('hang')) for (;;);
    if (text.includes('think')) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    if (text.includes('garbage')) return { responseText: 'I would rather not', stopReason: 'eogToken' };
    if (text.includes('long')) return { responseText: '{"plan": {', stopReason: 'maxTokens' };
    const plan = { ...${JSON.stringify(LIFT)}, restatement: JSON.stringify({ nice: getPriority(), lora, root: grammar.root, temperature, seed }) };
    return { responseText: JSON.stringify({ plan }), stopReason: 'eogToken' };
  }
}`;

let folder: string;
const open: LocalPlanner[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-llama-'));
  const home = join(folder, 'node_modules', 'node-llama-cpp');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"name":"node-llama-cpp","type":"module","exports":"./index.js"}');
  writeFileSync(join(home, 'index.js'), LIBRARY);
  for (const name of ['model', 'broken', 'adapter']) writeFileSync(join(folder, `${name}.gguf`), 'GGUF');
});
afterEach(async () => {
  for (const planner of open.splice(0)) await planner.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

function planner(options: Partial<LocalPlannerOptions> = {}): LocalPlanner {
  const made = new LocalPlanner({ model: join(folder, 'model.gguf'), library: folder, ...options });
  open.push(made);
  return made;
}

it('gives the plan and its tokens, from a process of the lowest priority with the adapter and the grammar', async () => {
  const exchanges: PlannerExchange[] = [];
  const local = planner({ adapter: join(folder, 'adapter.gguf') });
  local.exchanges$.subscribe((each) => exchanges.push(each));
  const { plan, cost } = await local.plan(planRequest());
  const { restatement, ...rest } = plan as typeof LIFT;
  expect(rest).toEqual({ kind: LIFT.kind, steps: LIFT.steps });
  const lora = join(folder, 'adapter.gguf');
  expect(JSON.parse(restatement)).toEqual({ nice: 19, lora, root: 'root ::=', temperature: 0, seed: 0 });
  expect(cost).toMatchObject({ promptTokens: 100, answerTokens: 10 });
  // An adapter has learnt the skills, so that the prompt is the compact one and the plan has no wrapper.
  const sent = { system: COMPACT_SYSTEM, user: expect.stringContaining('request: lift the red cube') };
  expect(exchanges).toMatchObject([{ attempt: 1, sent, cost }]);

  const pid = await local.pid;
  const reason = new InputError('the blue one first');
  const controller = new AbortController();
  const waiting = local.plan(planRequest({ request: 'think', signal: controller.signal }));
  controller.abort(reason);
  await expect(waiting, 'a signal ends the planning, not the process').rejects.toBe(reason);
  await expect(local.plan(planRequest({ request: 'garbage' }))).rejects.toThrow(/the answer is .*rather not/);
  await expect(local.plan(planRequest({ request: 'long' }))).rejects.toThrow('cut off at 512 tokens');
  expect(await local.pid).toBe(pid);

  await expect(local.plan(planRequest({ request: 'crash' }))).rejects.toThrow(
    /^model\.gguf with adapter\.gguf: its process was ended by SIGSEGV/,
  );
  expect((await local.plan(planRequest())).plan, 'the next request has a new process').toMatchObject({ kind: 'steps' });
  expect(await local.pid).not.toBe(pid);
});

it('an adapted model answers by chance after a rejected plan, whose reasons it does not get', async () => {
  const local = planner({ adapter: join(folder, 'adapter.gguf') });
  const rejected = [{ plan: LIFT, reasons: ['no'] }];
  const { plan } = await local.plan(planRequest({ rejected }));
  expect(JSON.parse((plan as typeof LIFT).restatement)).toMatchObject({ temperature: 0.7, seed: 1 });
});

it('a process that hangs is ended by the time-out', async () => {
  const local = planner({ timeout: 1, priority: 'normal' });
  await expect(local.plan(planRequest({ request: 'hang' }))).rejects.toThrow('model.gguf: no answer within 1 s');
  expect(local.pid).toBeUndefined();
});

it('names the command that installs the library when it is absent, and a file that is no model', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'praxis-no-llama-'));
  await expect(planner({ library: elsewhere }).plan(planRequest())).rejects.toThrow(
    /^a GGUF file needs the package node-llama-cpp, which is not installed: npm install --ignore-scripts node-llama-cpp@3$/,
  );
  rmSync(elsewhere, { recursive: true });
  await expect(planner({ model: join(folder, 'broken.gguf') }).plan(planRequest())).rejects.toThrow(
    /broken\.gguf: no model that llama\.cpp can load: no magic$/,
  );
});

it('a file that is not there is refused before anything starts', () => {
  expect(() => planner({ model: 'none.gguf' })).toThrow(
    new InputError('none.gguf: no such file, expected a GGUF file'),
  );
  expect(() => planner({ adapter: 'no-adapter.gguf' })).toThrow('no-adapter.gguf: no such file');
});

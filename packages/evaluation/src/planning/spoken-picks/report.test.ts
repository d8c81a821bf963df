import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Language } from '@praxis/teleop';
import { expect, it } from 'vitest';
import { ResultStore } from '../../files/result-store.ts';
import { type HeardRequest, heardName } from './listen.ts';
import { spokenPicksPage, spokenPicksTable } from './page.ts';
import { spokenPicksReport } from './report.ts';
import { jobName, jobOf, type PickOutcome, pickTrials } from './trial.ts';

const language = new Language();
const measurement = { command: 'test', identity: {} };
const right: PickOutcome = { right: true, falseStops: 0 };

it('counts what each way does right, and what the command language does not pass on as not done', () => {
  const trials = pickTrials(2_000_000, 30, 6);
  const spoken = trials.slice(0, 3);
  const outcomes = new ResultStore<PickOutcome>(undefined, measurement);
  const heard = new ResultStore<HeardRequest>(undefined, measurement);
  for (const [i, trial] of trials.entries()) {
    const planned = i === 4 ? { ...right, right: false, cause: 'holds the red cube', planningS: 0.002 } : right;
    outcomes.set(jobName(jobOf(trial, 'planner', language)), planned);
    outcomes.set(jobName(jobOf(trial, 'policy', language)), right);
  }
  heard.set(heardName(spoken[0]), {
    voice: 'v',
    noise: 'pink',
    recognised: [spoken[0].request],
    text: spoken[0].request,
  });
  heard.set(heardName(spoken[1]), { voice: 'v', noise: 'pink', recognised: ['', ''] });
  const sources = { trials, spoken, outcomes, heard, language };
  const report = spokenPicksReport(sources);
  expect(report.planner.present.at(-1)).toMatchObject({ kind: 'all', requests: 30, right: 29 });
  expect(report.planner.failures).toMatchObject([{ seed: 2_000_004, cause: 'holds the red cube' }]);
  expect(report.policy.present.at(-1)).toMatchObject({ right: 30 });
  const passed = trials.filter(({ goalKey, request }) => goalKey && language.interpret(request).kind === 'instruct');
  expect(passed.length).toBeLessThan(20);
  expect(report.command_language.present.at(-1)).toMatchObject({ requests: 30, right: passed.length });
  expect(report.command_language.absent.at(-1)).toMatchObject({ requests: 6, right: 6 });
  expect(report.spoken).toMatchObject({ as_written: 1, rejected: 1, stops: 0, typed: { requests: 3, right: 3 } });
  // The third request was not heard yet.
  expect(report.partial).toBe(true);
  heard.set(heardName(spoken[2]), { voice: 'v', noise: 'pink', recognised: ['stop'], stop: 'stop' });
  const whole = spokenPicksReport(sources);
  expect(whole).toMatchObject({ partial: false, spoken: { stops: 1 } });
  const facts = { planner: 'rules', policy: 'p', seed: 2_000_000, decibels: 20, voices: ['v'], command: 'npx praxis' };
  const page = spokenPicksPage(whole, facts);
  expect(page).toContain('| through the planner | all | 30 | 29 | 96.7 % |');
  expect(page).toContain(`| 2000004 | ${trials[4].request} |  | holds the red cube |`);
  expect(page).toContain('| rejected by the recogniser |');
  expect(spokenPicksTable(whole)).toContain('not right through the planner: 2000004');
});

it('keeps outcomes and heard requests in one file, and goes on from it', () => {
  const [trial] = pickTrials(2_000_000, 1, 0);
  const file = join(mkdtempSync(join(tmpdir(), 'praxis-picks-')), 'results.jsonl');
  const name = jobName(jobOf(trial, 'planner', language));
  new ResultStore<PickOutcome>(file, measurement).set(name, right);
  expect(new ResultStore<PickOutcome>(file, measurement).get(name)).toEqual(right);
  expect(name).not.toBe(heardName(trial));
});

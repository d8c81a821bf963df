import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoopEvent } from '@praxis/core';
import {
  EpisodeRecorder,
  evaluate,
  loadProject,
  policySource,
  replayRecording,
  reportTable,
  runFacts,
} from '@praxis/evaluation';
import { RecedingHorizon } from '@praxis/policy';
import { ProcessPolicy } from '@praxis/policy/node';
import { drawer, Episode, insert, pick, press, runEpisode, type Task, wipe } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'praxis-refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = fileURLToPath(new URL('./refusals/refusing-policy.ts', import.meta.url));
const BANANA = 'pick up the banana';
const BLOCK = 'pick up the red cube';

describe('an episode with a policy that refuses', () => {
  it('stands calmly under its supervisor, follows the next instruction without a reset, and replays bit for bit', async () => {
    const project = await loadProject();
    const path = join(folder, 'refused.mcap');
    const policy = await ProcessPolicy.open({ file });
    const remarks: string[] = [];
    const recorder = new EpisodeRecorder({
      onRemark: (line) => remarks.push(line),
      target: { path, existing: 'refuse' },
      run: await runFacts({ source: policySource(file, project), policy: file, robot: undefined, config: undefined }),
      episode: { task: 'pick', seed: 3, safety: 'on', driver: 'policy' },
    });
    const episode = await Episode.create({
      ...{ task: pick, seed: 3, urdf: armUrdf(), policy, scheduler: new RecedingHorizon(), tap: recorder },
      ...{ instruction: BANANA, ends: 'closed', afterStop: 'wait' },
    });
    const events: LoopEvent[] = [];
    episode.loop.events$.subscribe((event) => events.push(event));
    const height = () => episode.loop.derived.endEffector.pose[2];
    const run = async (seconds: number) => {
      for (const end = episode.time + seconds; episode.time < end; ) await episode.step();
    };
    try {
      await run(0.2);
      const start = height();
      await run(1.5);
      expect(Math.abs(height() - start)).toBeLessThan(0.001);
      expect(episode.supervisor!.state).toBe('running');
      episode.setInstruction(BLOCK);
      await run(1);
      const raised = height();
      expect(raised).toBeGreaterThan(start + 0.02);
      // The refusal comes in mid-motion.
      episode.setInstruction(BANANA);
      await run(0.7);
      const stopped = height();
      await run(1);
      expect(Math.abs(height() - stopped)).toBeLessThan(0.001);
      expect(episode.loop.state()).toBe('holding');
      expect(episode.supervisor!.state).toBe('running');
      episode.setInstruction(BLOCK);
      await run(0.5);
      expect(height()).toBeGreaterThan(stopped + 0.01);
      const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== 'started');
      expect(kinds).toEqual(['refused', 'holding', 'resumed', 'refused', 'holding', 'resumed']);
      const { safety, emptyQueueTicks, policyError } = episode.result();
      expect(safety).toMatchObject({ falseStops: 0, limitViolations: { commands: 0, joints: 0 } });
      expect([safety!.stopCause, emptyQueueTicks, policyError]).toEqual([undefined, 0, undefined]);
    } finally {
      await episode.close();
      await recorder.finish({ outcome: 'no_verdict' });
      await policy.close();
    }
    expect(remarks).toEqual([]);
    const report = await replayRecording(path, { project });
    expect(report.first).toBeUndefined();
    expect(report).toMatchObject({ verdict: 'exact', altered: [], dropped: 0 });
    expect(report.counts.chunk.compared).toBeGreaterThan(5);
  });
});

describe('episodes that ask for things that are not there', () => {
  it.each<[Task]>([[pick], [press], [drawer], [insert], [wipe]])(
    'succeed in $name where nothing moves',
    async (task) => {
      for (const seed of [2_000_000, 2_000_001]) {
        const options = { task, seed, urdf: armUrdf(), absent: true, scheduler: new RecedingHorizon() };
        const result = await runEpisode({ ...options, policy: 'expert' });
        expect(result).toMatchObject({ outcome: 'success', instructionFollowed: true });
        expect(result.absent).toBe(seed % 2 === 0 ? 'known kind' : 'unknown thing');
        expect(result.timeS).toBeCloseTo(4.02, 2);
      }
    },
  );

  it('are a failure of a policy that moves, with its cause, in a report that says so', async () => {
    const options = { tasks: ['pick'], seeds: [2_000_000, 2_000_001, 2_000_003], absent: true, workers: 1 };
    const report = await evaluate({ ...options, policy: file });
    expect(report).toMatchObject({ absent: true, safety: { false_stops: 0 } });
    const [{ by_absent: byAbsent, failures, failed_seeds: failed }] = report.tasks;
    expect(byAbsent!['unknown thing']).toEqual({ episodes: 2, successes: 2 });
    // The policy takes any colour for something that is there.
    expect([byAbsent!['known kind'], failures, failed]).toEqual([
      { episodes: 1, successes: 0 },
      { 'arm moved': 1 },
      [2_000_000],
    ]);
    const [head, ...lines] = reportTable(report).split('\n');
    expect(head).toContain('asked for things that are not there');
    expect(lines).toContain('pick: known kind 0/1, unknown thing 2/2 without motion; failures: arm moved 1');
  });

  it('are refused for tasks and options that do not go with them', async () => {
    const options = { seeds: [2_000_000], absent: true, policy: 'expert' };
    const refused = (more: object) => expect(evaluate({ ...options, tasks: ['pick'], ...more })).rejects;
    await refused({ tasks: ['sort'] }).toThrow('absent: task sort has no instructions');
    await refused({ swap: true }).toThrow('absent: cannot be used with swap');
    await refused({ fault: 'policy_killed' }).toThrow('absent: cannot be used with fault');
    await refused({ tasks: ['tidy'], planner: { name: 'rules', context: 'camera' } }).toThrow(
      'cannot be used with --absent',
    );
  });
});

import { RecedingHorizon } from '@praxis/policy';
import { isStop, type SafetyCause, type SafetyState } from '@praxis/safety';
import {
  Episode,
  type EpisodeOptions,
  type EpisodeResult,
  pick,
  ROBOT_SPEC,
  runEpisode,
  SHIPPED_FAULTS,
  sort,
} from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';

interface Expected {
  readonly state: SafetyState;
  readonly causes: readonly SafetyCause[];
  /** Longest time from the fault to the supervisor's stop (ms). */
  readonly withinMs: number;
}

const hold = (withinMs: number, ...causes: SafetyCause[]): Expected => ({ state: 'hold', causes, withinMs });
const protective = (withinMs: number, ...causes: SafetyCause[]): Expected => ({
  state: 'protective_stop',
  causes,
  withinMs,
});

/** Stop, causes and deadline for each fault that stops the arm. A new fault needs a row here or in `TOLERATED`. */
const STOPPED: Readonly<Record<string, Expected>> = {
  policy_killed: hold(50, 'policy_silent', 'empty_queue'),
  process_stopped: hold(50, 'policy_silent'),
  policy_hangs: hold(402, 'empty_queue'),
  chunk_late_300: hold(402, 'empty_queue'),
  chunk_late_500: hold(402, 'empty_queue'),
  nan_actions: hold(132, 'empty_queue'),
  out_of_range_actions: hold(132, 'empty_queue'),
  loop_blocked: hold(50, 'command_silence', 'loop_silent'),
  clock_forward: hold(2, 'clock_jump'),
  clock_back: hold(2, 'clock_jump'),
  nan_commands: protective(102, 'command_rejected'),
  out_of_range_commands: protective(102, 'command_rejected'),
  sensor_frozen: protective(50, 'stream_frozen'),
  joints_frozen: protective(50, 'stream_frozen', 'joints_implausible'),
  camera_frozen: hold(550, 'stream_frozen'),
  // Near the table contact is expected, which hides the bias; it is detected once the tool rises.
  sensor_biased: protective(4000, 'contact'),
  joints_biased: hold(10, 'joints_implausible'),
  camera_lost: hold(302, 'stream_lost'),
  wrench_lost: protective(50, 'stream_lost'),
  joints_lost: protective(50, 'stream_lost'),
  language_lost: hold(2, 'stream_lost'),
  arm_struck: protective(400, 'contact'),
  arm_struck_hard: protective(600, 'contact'),
};

/**
 * Faults that the arm tolerates: a chunk that arrives before the actions run out, and samples that the streams reorder and
 * deduplicate.
 */
const TOLERATED = ['chunk_late_100', 'samples_reordered', 'samples_duplicated'];

const EPISODES = [
  { task: pick, seed: 2_000_011 },
  { task: sort, seed: 2_000_012 },
];

/** Both cameras as inputs of the expert, which reads none by itself: a supervisor stops for a camera that something reads. */
const CAMERAS = ROBOT_SPEC.streams
  .filter(({ modality }) => modality === 'vision')
  .map((stream) => ({ ...stream, maximumAge: 0.25, window: 1 }));

const options = (more: Partial<EpisodeOptions> & Pick<EpisodeOptions, 'task' | 'seed'>): EpisodeOptions => ({
  urdf: armUrdf(),
  policy: 'expert',
  scheduler: new RecedingHorizon(),
  ...more,
});

const faultNamed = (name: string) => SHIPPED_FAULTS.find((fault) => fault.name === name)!;

const withoutWallTimes = ({ policyMs: _, wallS: __, ...rest }: EpisodeResult) => rest;

/** Expectations of every fault. */
function expectSafe({ safety, fault }: EpisodeResult): void {
  expect(fault?.standing).toBe(true);
  expect(safety?.falseStops).toBe(0);
  expect(safety?.limitViolations).toEqual({ commands: 0, joints: 0 });
  expect(isStop(safety!.state)).toBe(true);
  // The supervisor leaves `running` once and does not return to it.
  expect(safety?.events.filter(({ from }) => from === 'running')).toHaveLength(1);
}

describe('faults', () => {
  it('all have an expectation', () => {
    expect([...Object.keys(STOPPED), ...TOLERATED].sort()).toEqual(SHIPPED_FAULTS.map(({ name }) => name).sort());
  });

  /** What ran with each fault, for the second run. */
  const episodes = new Map<string, Pick<EpisodeOptions, 'task' | 'seed' | 'fault'>>();
  const results = new Map<string, EpisodeResult>();

  // The tasks alternate.
  const stopped = Object.entries(STOPPED).map(([fault, expected], i) => ({ fault, expected, ...EPISODES[i % 2] }));

  it.each(stopped)('$fault ends in a latched stop with the arm at rest and no limit violated', async (row) => {
    const { fault, expected, task, seed } = row;
    const episode = { task, seed, fault: faultNamed(fault) };
    const inputs = fault.startsWith('camera') ? CAMERAS : [];
    const result = await runEpisode(options({ ...episode, inputs }));
    episodes.set(fault, episode);
    results.set(fault, result);
    expectSafe(result);
    expect(result.success).toBe(false);
    expect(result.failure).toMatch(/^stopped: ./);
    expect(result.safety?.state).toBe(expected.state);
    expect(expected.causes).toContain(result.fault?.cause);
    expect(result.fault?.holdMs).toBeLessThanOrEqual(expected.withinMs + 1e-6);
  });

  it.each(TOLERATED)('the arm tolerates %s, finishes its task and holds on request', async (fault) => {
    const result = await runEpisode(options({ ...EPISODES[0], fault: faultNamed(fault) }));
    expectSafe(result);
    expect(result.success).toBe(true);
    expect(result.fault?.stopMs).toBeUndefined();
  });

  it('of a camera are only reported if the policy reads no picture, or while a person moves the arm', async () => {
    for (const driver of ['policy', 'operator'] as const) {
      const inputs = driver === 'policy' ? [] : CAMERAS;
      const episode = await Episode.create(options({ ...EPISODES[0], fault: faultNamed('camera_lost'), inputs }));
      const supervisor = episode.supervisor!;
      const reported = () => supervisor.log.filter(({ cause }) => cause === 'stream_lost');
      episode.setDriver(driver);
      while (reported().length === 0 && (await episode.step()));
      expect(reported()).toMatchObject([{ from: 'running', to: 'running' }]);
      expect(reported()[0].message).toMatch(/^images\.(front|wrist): no sample for .*; nothing needs it$/);
      // The policy moves the arm again.
      episode.setDriver('policy');
      await episode.step();
      expect(supervisor.state).toBe(driver === 'policy' ? 'running' : 'hold');
      await episode.close();
    }
  });

  it('are bit-identical in a second run', async () => {
    for (const fault of ['policy_hangs', 'arm_struck']) {
      const again = await runEpisode(options(episodes.get(fault)!));
      expect(withoutWallTimes(again)).toEqual(withoutWallTimes(results.get(fault)!));
    }
  });
});

describe('an impact during motion', () => {
  it('is far weaker with the supervisor than the same impact without it', async () => {
    const peaks = { on: 0, off: 0 };
    for (const safety of ['on', 'off'] as const) {
      const episode = { task: pick, seed: 2_000_020, fault: faultNamed('arm_struck'), safety };
      peaks[safety] = (await runEpisode(options(episode))).fault!.peakForceN;
    }
    expect(peaks.off).toBeGreaterThan(80);
    expect(peaks.on).toBeLessThan(0.4 * peaks.off);
  });
});

describe('the supervisor of a fault-free episode', () => {
  it.each(EPISODES)('leaves $task.name $seed bit-identical to the episode without it', async (episode) => {
    const [on, off] = [await runEpisode(options(episode)), await runEpisode(options({ ...episode, safety: 'off' }))];
    const { safety, ...supervised } = withoutWallTimes(on);
    expect(supervised).toEqual(withoutWallTimes(off));
    expect(safety).toMatchObject({ state: 'running', falseStops: 0, limitViolations: { commands: 0, joints: 0 } });
  });

  it('stops on request and stays stopped until a reset and a start', async () => {
    const episode = await Episode.create(options({ ...EPISODES[0], afterStop: 'wait' }));
    const until = async (time: number) => {
      while (episode.time < time) await episode.step();
      return episode.supervisor!.state;
    };
    const tool = () => [
      ...episode.world.view('xpos').slice(3 * episode.world.body('tool0'), 3 * episode.world.body('tool0') + 3),
    ];
    expect(await until(1)).toBe('running');
    episode.request('hold');
    expect(await until(2)).toBe('hold');
    const stood = tool();
    expect(await until(4)).toBe('hold');
    for (const [i, x] of tool().entries()) expect(Math.abs(x - stood[i])).toBeLessThan(1e-4);
    episode.request('resetAndStart');
    const result = await episode.run();
    await episode.close();
    expect(result).toMatchObject({ success: true, safety: { state: 'running', falseStops: 0 } });
  });
});

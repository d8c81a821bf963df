import { visibleText } from '@praxis/core';
import { combineTaps, Episode, runEpisode } from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';
import type { EpisodeBridge } from '../bridge/episode-bridge.ts';
import type { Registry } from '../config/registry.ts';
import { robotChoice } from '../project/robot.ts';
import { EpisodeRecorder } from '../recording/episode-recorder.ts';
import { episodeResultFacts } from '../recording/result-facts.ts';
import { type Driver, withoutModalities } from './driver.ts';
import { GateRecorder } from './gate-recorder.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './outcome.ts';

/**
 * Runs one episode. A swap test repeats a successful episode with another object named; an impact is repeated without the
 * supervisor.
 * @param bridge shows the episode to clients, but no repetition of it. Default: none
 */
export async function playEpisode(
  job: EpisodeJob,
  setup: EvaluationSetup,
  driver: Driver,
  registry: Registry,
  bridge?: EpisodeBridge,
): Promise<EpisodeOutcome> {
  const { policy, scheduler } = driver;
  const { mask, acceptRobot, safety, perturbations, touch, addedInferenceDelay, absent } = setup;
  const robot = await robotChoice(setup.robot, setup.arm);
  const fault = job.fault === undefined ? undefined : registry.faults.find(job.fault);
  const code = { task: registry.tasks.find(job.task), fault, modalities: registry.modalities.values };
  const driven = {
    policy,
    scheduler,
    ...robot,
    ...withoutModalities(policy, mask),
    acceptRobot,
    safety,
    perturbations,
    touch,
    addedInferenceDelay,
    absent,
  };
  const options = { ...job, ...code, ...driven, judges: 'task' as const, wordings: wordingsOf(job.seed) };
  const recorder = recorderOf(job, setup);
  const gates = setup.gates === 'kept' ? new GateRecorder() : undefined;
  const { wallS: _, ...result } = await runEpisode({ ...options, tap: combineTaps([recorder, gates, bridge]) });
  const first: EpisodeOutcome = gates?.course ? { ...result, gates: gates.course } : result;
  await bridge?.finish();
  await recorder?.finish(episodeResultFacts({ ...result, wallS: 0 }));
  if (fault?.impact && safety === 'on') {
    const { fault: impact } = await runEpisode({ ...options, safety: 'off' });
    return impact ? { ...first, unsupervised: { peakForceN: impact.peakForceN } } : first;
  }
  if (!setup.swap || !first.success) return first;
  const second = await runEpisode({ ...options, swap: true });
  return { ...first, swapped: { instruction: second.instruction, followed: second.instructionFollowed } };
}

/** The recorder of an episode; undefined if nothing is recorded. Repetitions with another object or without supervisor are not. */
function recorderOf(
  { task, seed, fault }: EpisodeJob,
  { record, safety }: EvaluationSetup,
): EpisodeRecorder | undefined {
  if (!record) return undefined;
  const onRemark = (line: string): void => void process.stderr.write(`${visibleText(line)}\n`);
  return new EpisodeRecorder({ ...record, episode: { task, seed, fault, safety, driver: 'policy' }, onRemark });
}

/** Simulated time of each warm-up episode (s). */
const WARM_UP_EPISODE_S = 4;
/** Each further round of warm-up has to be worth so many episodes. */
const EPISODES_PER_WARM_UP_ROUND = 50;
const MAX_WARM_UP_ROUNDS = 4;

/**
 * Runs beginnings of episodes that no report counts. In a new process the first inferences take up to 100 ms and the compiler
 * runs for some seconds; the process of a robot is warm when the arm starts. With the warm-up the reported times measure a step,
 * not the compilation.
 * @param setup number of episodes that will follow, since a few do not justify a long warm-up, and their tasks
 */
export async function warmUp(
  { policy, scheduler }: Driver,
  {
    episodes,
    tasks,
    acceptRobot,
    robot,
    arm,
  }: Pick<EvaluationSetup, 'episodes' | 'tasks' | 'acceptRobot' | 'robot' | 'arm'>,
  registry: Registry,
): Promise<void> {
  const rounds = Math.min(MAX_WARM_UP_ROUNDS, 1 + Math.floor(episodes / EPISODES_PER_WARM_UP_ROUND));
  for (let seed = 0; seed < rounds; seed++) {
    for (const name of tasks) {
      const task = registry.tasks.find(name);
      const modalities = registry.modalities.values;
      const driven = { policy, scheduler, modalities, acceptRobot };
      const episode = await Episode.create({ task, seed, ...(await robotChoice(robot, arm)), ...driven });
      while (episode.time < WARM_UP_EPISODE_S && (await episode.step()));
      await episode.close();
    }
  }
}

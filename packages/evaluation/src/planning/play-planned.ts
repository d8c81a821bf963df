import { wordingsOf } from '@praxis/sim/seeds';
import { Language } from '@praxis/teleop';
import type { EpisodeBridge } from '../bridge/episode-bridge.ts';
import type { Registry } from '../config/registry.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import { plannedOutcome } from '../episodes/planned-outcome.ts';
import { robotChoice } from '../project/robot.ts';
import { PlannedArm } from './planned-arm.ts';
import type { PlannedDriver } from './planned-driver.ts';

/** Lets a planner do the request of a task, and judges the final world. Read-backs are answered with yes, questions not at all. @param bridge shows the episode to clients. Default: none */
export async function playPlannedEpisode(
  { task: name, seed, instruction }: EpisodeJob,
  { robot: folder, mask, acceptRobot, planner: chosen }: EvaluationSetup,
  { policy, scheduler, planner, facts, detector }: PlannedDriver,
  registry: Registry,
  bridge?: EpisodeBridge,
): Promise<EpisodeOutcome> {
  const planned = await PlannedArm.create({
    ...{ registry, seed, policy, scheduler, mask, acceptRobot, tap: bridge },
    ...(facts ? { facts } : {}),
    ...(detector ? { detector } : {}),
    robot: await robotChoice(folder),
    task: registry.tasks.find(name),
    wordings: wordingsOf(seed),
    judges: 'task',
    language: new Language(),
    context: chosen?.context ?? 'camera',
  });
  const { arm } = planned;
  try {
    const { instance } = arm.episode;
    const execution = planned.execution(planner);
    execution.progress$.subscribe((event) => {
      if (event.kind === 'read_back') execution.hear('yes');
      if (event.kind === 'question') execution.cancel(`it asks: ${event.text}`);
      if (event.time > instance.timeLimit) execution.cancel('time limit');
    });
    const result = await execution.run(instruction ?? instance.instruction);
    await planned.settle();
    arm.episode.endPlan();
    const { wallS: _, ...outcome } = arm.episode.result();
    return { ...outcome, instruction: instruction ?? instance.instruction, planned: plannedOutcome(result) };
  } finally {
    await planned.close();
    await bridge?.finish();
  }
}

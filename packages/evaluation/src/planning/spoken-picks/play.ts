import type { PlanProgress, PlanResult } from '@praxis/planner';
import { Episode, taskState } from '@praxis/sim';
import { Language } from '@praxis/teleop';
import type { Registry } from '../../config/registry.ts';
import { robotChoice } from '../../project/robot.ts';
import type { CommandSource } from '../../teleoperation/command-source.ts';
import { driveArm } from '../../teleoperation/drive.ts';
import { drivePlanner } from '../drive-planner.ts';
import { PlannedArm } from '../planned-arm.ts';
import type { PlannedDriver } from '../planned-driver.ts';
import type { PickJob, PickOutcome } from './trial.ts';
import { type JudgedArm, movedSince, placesOf, whatIsHeld, wrongWith } from './world.ts';

/** Simulated time after which a drive with a planner is cut off (s). */
const DRIVE_TIME_LIMIT_S = 90;

/** Runs one request on the arm in a scene of `pick`, and judges the final world. */
export const playPick = (job: PickJob, driver: PlannedDriver, registry: Registry): Promise<PickOutcome> =>
  job.route === 'planner' ? playWithPlanner(job, driver, registry) : playPolicy(job, driver, registry);

/** The request as a line of `praxis drive --planner`. Read-backs are answered with yes, questions not at all. */
async function playWithPlanner(
  { seed, text, goalKey }: PickJob,
  { policy, scheduler, planner, facts, detector }: PlannedDriver,
  registry: Registry,
): Promise<PickOutcome> {
  const language = new Language({ words: facts?.words ?? [], instructions: [] });
  const planned = await PlannedArm.create({
    ...{ registry, seed, policy, scheduler, language, facts, detector },
    robot: await robotChoice(undefined),
    task: registry.tasks.find('pick'),
    judges: 'task',
    context: 'camera',
  });
  const { episode } = planned.arm;
  const arm: JudgedArm = {
    get time() {
      return planned.arm.time;
    },
    instance: episode.instance,
    state: () => planned.state(),
    step: () => planned.arm.step(),
  };
  try {
    const before = placesOf(arm);
    if (goalKey !== undefined) episode.instance.pursue!(goalKey);
    const plan = await drive(planned, language, text, planner);
    const wrong = goalKey === undefined ? movedSince(before, arm) : await wrongWith(arm, goalKey, before);
    return {
      right: wrong === undefined,
      ...(wrong === undefined ? {} : { cause: `${wrong}; ${plan?.summary ?? 'read as a command, not planned'}` }),
      ...(plan ? { end: plan.end, planningS: plan.cost.seconds } : {}),
      falseStops: episode.result().safety?.falseStops ?? 0,
    };
  } finally {
    await planned.close();
  }
}

/** Drives the arm by one line. @returns the result of its plan; undefined for a line that was a command */
async function drive(
  planned: PlannedArm,
  language: Language,
  line: string,
  planner: PlannedDriver['planner'],
): Promise<PlanResult | undefined> {
  const lines = [line];
  const commands: CommandSource = {
    next: () => lines.shift(),
    get ended() {
      return lines.length === 0;
    },
  };
  const abort = new AbortController();
  let asked: PlanProgress['kind'] | undefined;
  let result: PlanResult | undefined;
  const answers: CommandSource = { next: () => (asked === 'read_back' ? 'yes' : undefined), ended: false };
  const requests = drivePlanner({ planned, planner, language, answers });
  const observe = (event: PlanProgress): void => {
    asked = event.kind;
    if (event.kind === 'ended') ({ result } = event);
    if (event.kind === 'question' || event.time > DRIVE_TIME_LIMIT_S) abort.abort();
  };
  await driveArm({
    ...{ arm: planned.arm, commands, pace: 'turns', signal: abort.signal },
    planner: {
      takes: requests.takes,
      execute: (text, onProgress, signal) =>
        requests.execute(
          text,
          (words, event) => {
            observe(event as PlanProgress);
            onProgress(words, event);
          },
          signal,
        ),
    },
    transcript: { form: 'words', write: () => undefined },
  });
  return result;
}

/** The text as the instruction of the learned policy, until the task's judge has a verdict or its time is over. */
async function playPolicy(
  { seed, text, goalKey }: PickJob,
  { policy, scheduler }: PlannedDriver,
  registry: Registry,
): Promise<PickOutcome> {
  const episode = await Episode.create({
    ...{ seed, policy, scheduler, instruction: text },
    ...(await robotChoice(undefined)),
    modalities: registry.modalities.values,
    task: registry.tasks.find('pick'),
    judges: 'task',
  });
  const { instance } = episode;
  const arm: JudgedArm = {
    get time() {
      return episode.time;
    },
    instance,
    state: () => taskState(episode.world, episode.robot),
    step: () => episode.step(),
  };
  try {
    if (goalKey !== undefined) instance.pursue!(goalKey);
    const before = placesOf(arm);
    let moved: string | undefined;
    while (moved === undefined && (await episode.step())) {
      if (goalKey === undefined) moved = movedSince(before, arm);
    }
    const { success, safety } = episode.result();
    const right = goalKey === undefined ? moved === undefined : success;
    const cause = moved ?? whatIsHeld(arm, before);
    return { right, ...(right ? {} : { cause }), falseStops: safety?.falseStops ?? 0 };
  } finally {
    await episode.close();
  }
}

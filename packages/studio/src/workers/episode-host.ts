import { type CallContext, type Handlers, InputError, PolicyError } from '@praxis/core';
import { Registry } from '@praxis/evaluation/config';
import { RecedingHorizon } from '@praxis/policy';
import {
  Episode,
  type EpisodeResult,
  free,
  hasOneArm,
  loadMujoco,
  type RobotChoice,
  setupOf,
  teleoperation,
} from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';
import {
  type EpisodeChoice,
  type EpisodeNames,
  type EpisodeService,
  type EpisodeSetup,
  type FromEpisode,
  NO_PLANNER,
  oneLine,
  type Speed,
} from '../protocol/protocol.ts';
import { type EpisodeDriver, handDriver, oneArmDriver, policyDriver } from './drivers.ts';
import { EpisodeRunner } from './episode-runner.ts';
import { HandDialogue } from './hand-dialogue.ts';
import { importConfig } from './import-config.ts';
import { openPlanning, type PlanningSetup, planningOf } from './planning/planning-setup.ts';
import { EpisodeRecording } from './recording/episode-recording.ts';
import type { RecordedRunFacts } from './recording/loop-recording.ts';
import { RemotePolicy } from './remote-policy.ts';
import { describeRobot, loadRobot, robotNames } from './robot.ts';

/** Hosts the episode of the page. Calls run in order, and the episode continues to play between them. */
export class EpisodeHost {
  readonly #post: (message: FromEpisode) => void;
  #registry = new Registry();
  #robot: RobotChoice | undefined;
  /** Name of the robot; undefined for the Praxis arm. */
  #robotName: string | undefined;
  #acceptRobot = '';
  #policy: Promise<RemotePolicy> | undefined;
  #runner: EpisodeRunner | undefined;
  #speed: Speed = 1;
  /** Arm that the user has selected; the next episode keeps it. */
  #selectedArm: string | undefined;

  constructor(post: (message: FromEpisode) => void) {
    this.#post = post;
  }

  /** The service's methods. They reject with one line that the page displays. */
  readonly methods: Handlers<EpisodeService> = {
    init: (setup) => this.#init(setup),
    load: async (choice) => void (await this.#load(choice)),
    run: (choice, context) => this.#run(choice, context),
    play: () => this.#play(Number.POSITIVE_INFINITY),
    pause: () => this.#runner?.pause(),
    step: async (seconds) => {
      await this.#runner?.pause();
      this.#play(seconds);
    },
    setSpeed: (speed) => {
      this.#speed = speed;
      this.#runner?.setSpeed(speed);
    },
    submitText: ({ id, text }) => {
      this.#runner?.recording.operatorInput('text', text);
      if (this.#runner) this.#runner.conversation.handleText(id, text, this.#runner.playback);
      else this.#post({ kind: 'reply', id, words: ['no episode is loaded yet'], pending: undefined });
    },
    cancelPlan: () => this.#runner?.conversation.cancelPlan?.(),
    releaseTalk: () => this.#runner?.conversation.releaseTalk(),
    drive: (request) => {
      const { conversation, playback } = this.#runner ?? {};
      if (conversation instanceof HandDialogue) conversation.handleDrive(request, playback!);
    },
    selectArm: (group) => {
      this.#selectedArm = group;
      const { conversation } = this.#runner ?? {};
      if (conversation instanceof HandDialogue) conversation.selectArm(group);
    },
    requestSupervisor: (request) => this.#runner?.request(request),
    setMask: (mask) => this.#runner?.episode.loop.setMask(mask),
    startRecording: async () => {
      if (!this.#runner) throw new InputError('no episode is loaded yet, so that there is nothing to record');
      await this.#runner.startRecording();
    },
    stopRecording: () => this.#runner?.endRecording(),
  };

  async #init({ policy, robot, acceptRobot, configUrl, ...addresses }: EpisodeSetup): Promise<EpisodeNames> {
    this.#policy = RemotePolicy.open(policy);
    // The policy worker reports this error, and so does each episode that needs the policy.
    this.#policy.catch(() => undefined);
    this.#acceptRobot = acceptRobot;
    let choice: RobotChoice;
    try {
      [choice] = await Promise.all([loadRobot(robot, addresses), loadMujoco()]);
    } catch (error) {
      throw new InputError(`The simulator did not load: ${oneLine(error)}`, { cause: error });
    }
    const display = describeRobot(choice);
    this.#robot = choice;
    this.#robotName = robot;
    const source = await importConfig(configUrl);
    this.#registry = new Registry([source]);
    const { tasks, policyTaskNames, plannerTaskNames, planners } = this.#registry;
    const hasArm = display.groups.length === 0;
    // Tasks place things in the reach of one arm.
    const fitting = policyTaskNames.filter((name) => hasArm || tasks.find(name).start === 'home');
    const plannerTasks = hasArm ? plannerTaskNames : [];
    return {
      robot: display,
      robots: await robotNames(addresses.robotsUrl),
      // A robot that reaches no place for a task has a scene without one.
      tasks: [...fitting, ...plannerTasks, free.name],
      plannerTasks,
      planners: hasArm ? planners.names : [],
      policies: this.#registry.policies.names,
    };
  }

  async #load(choice: EpisodeChoice, speed = this.#speed): Promise<EpisodeRunner> {
    await this.#runner?.close();
    this.#runner = undefined;
    this.#post({ kind: 'state', state: 'loading' });
    const robot = this.#robot;
    if (!robot || !this.#policy) throw new PolicyError('episode worker: call init before an episode');
    const { task, seed, driver, mask, instruction } = choice;
    const policy = driver === 'policy' ? await this.#policy : undefined;
    const registry = this.#registry;
    const found = task === free.name ? free : registry.tasks.find(task);
    const isPlanned = choice.planner !== undefined && choice.planner !== NO_PLANNER;
    const planning = isPlanned ? await openPlanning({ registry, planner: choice.planner, policy }) : undefined;
    const requests = found.drivenBy === 'planner' ? 'own first' : 'of the user';
    const planningFor =
      planning && ((episode: Episode) => planningOf(planning, robot, registry, episode.instance, requests));
    const driven = this.#driverOf(robot, choice, policy, planningFor);
    const recording = new EpisodeRecording(
      () => this.#recordedFacts(robot, choice, driven, policy),
      () => this.#runner?.endRecording('full'),
    );
    const episode = await Episode.create({
      tap: recording,
      task: found,
      modalities: registry.modalities.values,
      seed,
      ...robot,
      acceptRobot: this.#acceptRobot || undefined,
      policy: driven.policy,
      scheduler: new RecedingHorizon(),
      mask: policy ? mask : [],
      wordings: wordingsOf(seed),
      instruction,
      afterStop: 'wait',
      // The end of the plan of the task's own request ends the episode; other requests are not judged.
      ...(planning ? { judges: 'task', ends: 'closed', safety: teleoperation(robot).safety } : {}),
    });
    const inferenceMs = () => policy?.inferenceMs ?? episode.loop.stats.inferenceMs.at(-1) ?? 0;
    const conversation = driven.open(episode, this.#post);
    if (conversation instanceof HandDialogue && this.#selectedArm !== undefined)
      conversation.selectArm(this.#selectedArm);
    const { learnedStamp } = driven;
    const runner = new EpisodeRunner(episode, {
      speed,
      inferenceMs,
      learnedStamp,
      conversation,
      recording,
      name: `${task}-${seed}`,
      post: this.#post,
    });
    this.#runner = runner;
    const { bodies, scene } = episode.scene;
    // three.js computes matrices when it draws; this worker draws nothing, but toJSON writes the matrices.
    scene.updateMatrixWorld(true);
    this.#post({
      kind: 'scene',
      choice,
      // Without a request of its own a planned episode waits for one of the user.
      instruction: planning && requests === 'of the user' ? '' : episode.instruction,
      suggestions: [
        ...(planning ? [episode.instance.instruction] : []),
        ...found.goals(wordingsOf(seed)).map(({ texts }) => texts[0]),
      ],
      scene: scene.toJSON(),
      bodies,
    });
    runner.postInitialFrame();
    return runner;
  }

  /** What a recording of an episode says of its run. */
  async #recordedFacts(
    robot: RobotChoice,
    { task, seed, driver, mask, planner = NO_PLANNER }: EpisodeChoice,
    { replayed }: EpisodeDriver,
    policy: RemotePolicy | undefined,
  ): Promise<RecordedRunFacts> {
    const { BUILD, pageRunFacts } = await import('./recording/run-facts.ts');
    const planned = planner !== NO_PLANNER;
    const run = await pageRunFacts({
      ...{ policy: policy?.spec.name ?? driver, identity: policy?.identity, robot, robotName: this.#robotName },
      ...{ mask: policy ? mask : [], acceptRobot: this.#acceptRobot || undefined },
    });
    return {
      ...{ build: BUILD, run, episode: { task, seed, safety: planned ? 'teleoperation' : 'on' } },
      driver: planned ? 'plan' : driver === 'hand' ? 'words' : 'policy',
      inputs: replayed?.inputs.map(({ name }) => name),
    };
  }

  /** @throws {InputError} for a driver that this robot does not have */
  #driverOf(
    robot: RobotChoice,
    { driver }: EpisodeChoice,
    policy: RemotePolicy | undefined,
    planning: ((episode: Episode) => PlanningSetup) | undefined,
  ): EpisodeDriver {
    const setup = setupOf(robot);
    if (hasOneArm(setup) && driver !== 'hand') return oneArmDriver(robot, policy, planning);
    if (!hasOneArm(setup) && driver === 'hand') return handDriver(setup);
    if (policy && !hasOneArm(setup)) return policyDriver(policy);
    const expected = hasOneArm(setup) ? 'policy or expert' : 'policy or hand';
    throw new InputError(`driver ${driver}: robot ${setup.name} has none, expected ${expected}`);
  }

  /** Runs a whole episode. Other calls can start after it is loaded. */
  async #run(choice: EpisodeChoice, context: CallContext): Promise<EpisodeResult> {
    const runner = await this.#load(choice, 'max');
    context.releaseQueue();
    const result = await runner.finish();
    this.#post({ kind: 'result', result });
    return result;
  }

  #play(seconds: number): void {
    const runner = this.#runner;
    if (!runner || runner.finished || runner.playing) return;
    runner.play(seconds);
    runner.completion.then(
      () => {
        if (runner.finished) this.#post({ kind: 'result', result: runner.episode.result() });
      },
      (error) => this.#post({ kind: 'error', message: oneLine(error) }),
    );
  }
}

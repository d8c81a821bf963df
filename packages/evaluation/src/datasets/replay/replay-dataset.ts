import { type ActionChunk, ControlLoop, errorMessage, InputError, type Policy } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { loopOptions, type RobotSetup } from '@praxis/sim';
import type { DatasetReader, EpisodeRow } from '@praxis/wire/lerobot';
import { openPolicy, policySource } from '../../project/policy-source.ts';
import type { Project } from '../../project/project.ts';
import { ReplayRobot } from '../../replay/replay-robot.ts';
import { NO_PROGRESS, type StartProgress } from '../../workers/progress.ts';
import { datasetRobot } from '../dataset-robot.ts';
import { ACTION, STATE } from '../export/frame-layout.ts';
import { openDatasetFolder } from '../folder.ts';
import { ComparedActions } from './compared-actions.ts';
import { type ComparedFrame, largestFrame, meanErrors } from './errors.ts';
import { FrameStreams } from './frame-streams.ts';
import type { DatasetReplay, EpisodeErrors } from './report.ts';

/** Options of {@link replayDataset}. */
export interface DatasetReplayOptions {
  readonly project: Project;
  /** Policy as `--policy` names it. Default: the shipped one. */
  readonly policy?: string;
  /** What goes over the wire to a server that does not say it. */
  readonly policySpec?: string;
  /** Folder of the robot. Default: the one that is registered by the name in the dataset. */
  readonly robot?: string;
  /** Robot that the policy may drive although it was not trained for it. */
  readonly acceptRobot?: string;
  /** Most episodes, from the first on. Default: all. */
  readonly episodes?: number;
  /** Ends the replay early; the report then covers what was replayed. */
  readonly signal?: AbortSignal;
  readonly startProgress?: StartProgress;
}

/**
 * Feeds the recorded observations of a dataset to a policy frame by frame, and compares its actions with the recorded ones: open loop, no
 * action of the policy changes what it sees. A loop binds streams and policy as it does on a robot, and makes the actions absolute.
 * @throws {DatasetError} for a dataset that cannot be read
 * @throws {InputError} in one line for what policy or robot need and the dataset lacks
 * @throws {BindError} for a policy that does not fit the robot
 */
export async function replayDataset(folder: string, options: DatasetReplayOptions): Promise<DatasetReplay> {
  const { project, startProgress = NO_PROGRESS, signal } = options;
  const dataset = await openDatasetFolder(folder);
  const setup = await datasetRobot(dataset, options);
  const policy = await openPolicy(policySource(options.policy, project, options.policySpec));
  if (policy === 'expert')
    throw new InputError(
      `${folder}: the expert reads the simulator and no streams, so that no dataset can be replayed with it`,
    );
  const chosen = dataset.episodes.slice(0, options.episodes);
  const bar = startProgress('replay', chosen.length, 0);
  try {
    const replay = new DatasetPolicyReplay(dataset, policy, setup, options.acceptRobot);
    for (const episode of chosen) {
      if (signal?.aborted) break;
      await replay.run(episode);
      bar.step(`${replay.frames.length} frames compared`);
    }
    return { ...replay.report(), ...(signal?.aborted ? { partial: true } : {}) };
  } finally {
    bar.stop();
    await policy.close();
  }
}

class DatasetPolicyReplay {
  readonly frames: ComparedFrame[] = [];
  readonly #dataset: DatasetReader;
  readonly #policy: Policy;
  readonly #setup: RobotSetup;
  readonly #streams: FrameStreams;
  readonly #actions: ComparedActions;
  readonly #acceptRobot: string | undefined;
  readonly #standing: Pick<ComparedFrame, 'values' | 'recorded'>[] = [];
  readonly #episodes: EpisodeErrors[] = [];
  readonly #remarks = new Map<string, string>();
  #incomplete = 0;
  #failure: string | undefined;

  constructor(dataset: DatasetReader, policy: Policy, setup: RobotSetup, acceptRobot: string | undefined) {
    this.#dataset = dataset;
    this.#policy = policy;
    this.#setup = setup;
    this.#acceptRobot = acceptRobot;
    this.#streams = new FrameStreams(dataset, setup.spec, policy.spec);
    this.#actions = new ComparedActions(dataset, policy.spec, setup);
  }

  async run(episode: EpisodeRow): Promise<void> {
    const { fps } = this.#dataset.info;
    const columns = await this.#dataset.read(episode, [...this.#streams.features, ACTION]);
    const tasks = this.#dataset.tasksOf(columns.get('task_index') ?? []);
    const robot = new ReplayRobot(this.#streams.robot);
    const loop = this.#loop(robot);
    const results: (ActionChunk | 'failed')[] = [];
    loop.chunks$.subscribe((chunk) => results.push(chunk));
    loop.events$.subscribe((event) => {
      if (event.kind === 'bad_sample') this.#remark(episode, event.data);
      if (event.kind !== 'policy_error') return;
      results.push('failed');
      this.#failure ??= errorMessage(event.data.error);
    });
    loop.start();
    const compared: ComparedFrame[] = [];
    let failures = 0;
    for (let frame = 0; frame < episode.length; frame++) {
      this.#streams.publish(robot, columns, frame, tasks[frame] === tasks[frame - 1] ? undefined : tasks[frame]);
      robot.clock.time = frame / fps;
      loop.tick();
      await loop.pending;
      // The result of an inference without delay is due at the same time.
      loop.tick();
      const [result] = results.splice(0);
      if (result === undefined) this.#incomplete++;
      else if (result === 'failed') failures++;
      else compared.push(this.#compare(episode, frame, result, columns));
    }
    loop.stop();
    await robot.stop();
    this.frames.push(...compared);
    this.#episodes.push({
      ...{ episode: episode.index, instruction: tasks[0] ?? '', frames: episode.length },
      ...{ compared: compared.length, failures, errors: this.#errors(compared) },
    });
  }

  report(): DatasetReplay {
    const { name, info } = this.#dataset;
    const { elements, left } = this.#actions;
    const [errors, standing] = [this.frames, this.#standing].map((rows) => meanErrors(rows, elements.length));
    const sum = (of: (each: EpisodeErrors) => number) => this.#episodes.reduce((total, each) => total + of(each), 0);
    const [compared, failures] = [this.frames.length, sum((each) => each.failures)];
    const largest = largestFrame(this.frames, elements, info.fps);
    return {
      ...{ dataset: name, policy: this.#policy.spec.name, robot: this.#setup.name, fps: info.fps },
      ...{ frames: sum((each) => each.frames), compared, incomplete: this.#incomplete, failures },
      failure_rate: compared + failures === 0 ? null : failures / (compared + failures),
      ...(this.#failure === undefined ? {} : { failure: this.#failure }),
      actions: elements.map((each, i) => ({ ...each, error: errors[i], standing: standing[i] })),
      ...{ left, episodes: this.#episodes },
      ...(largest ? { largest } : {}),
      remarks: [...this.#remarks.values()],
    };
  }

  /** A loop that infers in every frame. */
  #loop(robot: ReplayRobot): ControlLoop {
    const policy = this.#policy;
    const spec = { ...policy.spec, inferencePeriod: 1 / this.#dataset.info.fps };
    return new ControlLoop({
      ...{ robot, scheduler: new RecedingHorizon(), inference: { kind: 'simulated', delay: 0 } },
      policy: {
        spec,
        infer: (observation) => policy.infer(observation),
        reset: () => policy.reset(),
        close: () => policy.close(),
      },
      ...loopOptions(this.#setup, policy.spec),
      acceptRobot: this.#acceptRobot,
    });
  }

  #compare(
    { index }: EpisodeRow,
    frame: number,
    chunk: ActionChunk,
    columns: Awaited<ReturnType<DatasetReader['read']>>,
  ): ComparedFrame {
    const [action, state] = [ACTION, STATE].map((name) => columns.get(name)?.[frame] as ArrayLike<number>);
    const pair = this.#actions.compare(chunk, action);
    if (!pair.recorded.every(Number.isFinite))
      throw new InputError(`${this.#dataset.name}: episode ${index} frame ${frame}: ${ACTION} is not finite`);
    this.#standing.push(this.#actions.standing(state, action, this.#setup.kinematics));
    return { episode: index, frame, ...pair };
  }

  #errors(compared: readonly ComparedFrame[]): EpisodeErrors['errors'] {
    const means = meanErrors(compared, this.#actions.elements.length);
    return Object.fromEntries(this.#actions.elements.map(({ name }, i) => [name, means[i]]));
  }

  #remark({ index }: EpisodeRow, { stream, message }: { readonly stream: string; readonly message: string }): void {
    if (!this.#remarks.has(stream)) this.#remarks.set(stream, `episode ${index}: ${message}`);
  }
}

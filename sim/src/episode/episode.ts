import { ControlLoop } from '@praxis/core';
import { isStop, type OperatorRequest, type Supervisor } from '@praxis/safety';
import { ExpertPolicy } from '../experts/expert-policy.ts';
import type { World } from '../mujoco/world.ts';
import type { SimScene } from '../render/sim-scene.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { checkSeed } from '../tasks/seeds.ts';
import type { TaskInstance, Verdict } from '../tasks/task.ts';
import { type EpisodeOptions, SIM_LOOP } from './options.ts';
import type { EpisodeResult } from './result.ts';
import { ActionTrace } from './result.ts';
import { type BuiltScene, buildScene } from './scene.ts';
import { EpisodeSupervision } from './supervision.ts';
import { JUDGE_INTERVAL_PERIODS, taskState } from './task-state.ts';

/** Simulated time (s) at which the episode publishes the instruction. The wrist sensor finds its zero before it. */
const INSTRUCTION_TIME_S = 0.02;
/** An episode ends this long (s) after a stop. In this time the stop must not clear itself and the arm must not move. */
const STOP_OBSERVATION_S = 1.5;
/** After a tolerated fault the arm gets a hold request, and the episode continues for this long (s) to verify it. */
const HOLD_OBSERVATION_S = 0.5;

/** One episode in lock step. Its result depends on task, seed and policy alone. */
export class Episode {
  readonly robot: SimRobot;
  readonly loop: ControlLoop;
  readonly world: World;
  readonly scene: SimScene;
  readonly instance: TaskInstance;
  readonly expert: ExpertPolicy;
  readonly #supervision: EpisodeSupervision;
  readonly #afterStop: 'end' | 'wait';
  readonly #ends: 'judged' | 'closed';
  #timeLimit: number;
  readonly #task: string;
  readonly #seed: number;
  readonly #trace = new ActionTrace();
  readonly #wallStart = performance.now();
  #instruction: string;
  #verdict: Verdict = 'running';
  #steps = 0;
  #peakForce = 0;
  #instructionGiven = false;
  #ending: 'tolerated' | 'stopped' = 'stopped';
  #policyError: string | undefined;

  /** @throws {InputError} for a seed out of range; {BindError} when the policy does not fit the robot. */
  static async create(options: EpisodeOptions): Promise<Episode> {
    const { task, seed, urdf, fault, modalities, wordings = 'report', swap = false } = options;
    checkSeed(seed);
    const instance = task.draw({ seed, wordings, swap });
    const conditions = drawConditions(seed);
    const scene = await buildScene(urdf, instance, conditions, seed, { impact: fault?.impact, modalities });
    try {
      return new Episode(options, instance, scene, conditions.inferenceDelay);
    } catch (error) {
      scene.world.close();
      throw error;
    }
  }

  private constructor(options: EpisodeOptions, instance: TaskInstance, built: BuiltScene, inferenceDelay: number) {
    const {
      seed,
      policy,
      scheduler,
      mask,
      instruction,
      inputs,
      wrapRobot: wrap,
      afterStop = 'end',
      ends = 'judged',
    } = options;
    const { world, scene, robot, kinematics, tool } = built;
    this.#task = options.task.name;
    this.#seed = seed;
    this.#afterStop = afterStop;
    this.#ends = ends;
    this.#timeLimit = instance.timeLimit;
    this.instance = instance;
    this.world = world;
    this.scene = scene;
    this.robot = robot;
    this.#instruction = instruction ?? instance.instruction;
    this.expert = new ExpertPolicy(instance, () => taskState(world, robot), inputs);
    const driver = policy === 'expert' ? this.expert : typeof policy === 'function' ? policy(this.expert) : policy;
    driver.reset();
    scheduler.reset();
    const bare = wrap?.(robot) ?? robot;
    this.#supervision = new EpisodeSupervision({
      ...options,
      scene: built,
      robot: bare,
      policy: driver,
      inferenceDelay,
    });
    this.loop = new ControlLoop({
      robot: this.#supervision.robot,
      policy: this.#supervision.policy,
      kinematics,
      scheduler,
      tool,
      mask,
      inference: { kind: 'simulated', delay: inferenceDelay },
      ...SIM_LOOP,
    });
    this.loop.chunks$.subscribe((chunk) => this.#trace.add(chunk.actions));
    this.loop.events$.subscribe((event) => {
      if (event.kind === 'policy_error') this.#policyError ??= event.data.message;
    });
    this.loop.derived.stream('wrench.contact').subscribe(({ value }) => {
      const f = value as Float64Array;
      this.#peakForce = Math.max(this.#peakForce, Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]));
    });
    this.loop.start();
    void this.#supervision.robot.start();
  }

  /** The supervisor of the arm; undefined with `safety: 'off'`. */
  get supervisor(): Supervisor | undefined {
    return this.#supervision.supervisor;
  }

  /** The instruction in force. */
  get instruction(): string {
    return this.#instruction;
  }

  /** The judge's last verdict. */
  get verdict(): Verdict {
    return this.#verdict;
  }

  /** Simulated seconds since the start. */
  get time(): number {
    return this.world.time;
  }

  /** Runs one control period. It returns false once success, failure, the time limit or a stop has ended the episode. */
  async step(): Promise<boolean> {
    if (this.#ended) return false;
    await this.#runPeriod();
    this.#steps++;
    if (this.#verdict === 'running' && this.#steps % JUDGE_INTERVAL_PERIODS === 0) {
      this.#verdict = this.instance.judge(taskState(this.world, this.robot));
      if (this.#verdict === 'running' && this.#mustEnd) this.#verdict = 'failure';
    }
    return !this.#ended;
  }

  get #ended(): boolean {
    return this.#ends === 'judged' && this.#verdict !== 'running';
  }

  /** Passes an operator's request to the supervisor. */
  request(request: OperatorRequest): void {
    this.#supervision.request(request);
    // The commands from before the stop do not match the arm's present position.
    if (request === 'resetAndStart' && this.supervisor?.state === 'running') this.loop.resynchronize();
  }

  /** Runs physics and sensors, then the loop, then the supervisor. */
  async #runPeriod(): Promise<void> {
    this.robot.step();
    if (!this.#instructionGiven && this.time >= INSTRUCTION_TIME_S) {
      this.#instructionGiven = true;
      this.robot.publishInstruction(this.#instruction);
    }
    const thread = this.#supervision.advanceFault(this.loop);
    if (thread === 'free') await this.#computePolicy();
    this.#supervision.runSupervisor(this.loop, thread);
  }

  /** Ticks the loop once and waits for the inference that the tick started. */
  async #computePolicy(): Promise<void> {
    if (this.#supervision.deliverDueResults()) await this.loop.pending;
    this.loop.tick();
    const computing = this.#supervision.pendingInference(this.loop);
    if (computing) await computing;
  }

  get #mustEnd(): boolean {
    if (this.#ends === 'closed') return false;
    const { stoppedAt } = this.#supervision;
    const stopped = this.#afterStop === 'end' && stoppedAt !== undefined && this.time >= stoppedAt + STOP_OBSERVATION_S;
    return stopped || this.time >= this.#timeLimit;
  }

  /** Steps to the end and returns the result. */
  async run(): Promise<EpisodeResult> {
    while (await this.step());
    await this.#verifyHold();
    return this.result();
  }

  /** After a tolerated fault, sends a hold request and runs on, so that the result shows whether the arm stands still. */
  async #verifyHold(): Promise<void> {
    if (!this.#supervision.toleratesFault) return;
    this.#ending = 'tolerated';
    this.#supervision.request('hold');
    for (const end = this.time + HOLD_OBSERVATION_S; this.time < end; ) await this.#runPeriod();
  }

  /** Removes the time limit, for an episode in which a person drives the arm. */
  liftTimeLimit(): void {
    this.#timeLimit = Number.POSITIVE_INFINITY;
  }

  /** Publishes a new instruction during the episode. The judge still applies the task's own goal. */
  setInstruction(text: string): void {
    this.#instruction = text;
    this.robot.publishInstruction(text);
  }

  /** Writes the world poses of the scene's bodies: 7 numbers each (x y z in m, qx qy qz qw), in the order of `scene.bodies`. */
  bodyPoses(out: Float32Array): void {
    this.robot.placeBodies();
    this.scene.bodies.forEach((name, i) => {
      const { position: p, quaternion: q } = this.scene.scene.getObjectByName(name)!;
      out.set([p.x, p.y, p.z, q.x, q.y, q.z, q.w], 7 * i);
    });
  }

  /** Returns the result so far; the verdict is final once {@link step} returned false. */
  result(): EpisodeResult {
    const { inferenceMs, missedDeadlines, emptyQueueTicks } = this.loop.stats;
    const success = this.#verdict === 'success';
    const safety = this.#supervision.safetyResult();
    const fault = this.#supervision.faultResult(this.#ending);
    return {
      task: this.#task,
      seed: this.#seed,
      success,
      instruction: this.#instruction,
      instructionFollowed: this.instance.followedInstruction() ?? false,
      timeS: this.time,
      peakForceN: this.#peakForce,
      policyMs: [...inferenceMs],
      missedDeadlines,
      emptyQueueTicks,
      steps: this.#steps,
      wallS: (performance.now() - this.#wallStart) / 1000,
      actionsSha256: this.#trace.digest(),
      ...(success ? {} : { failure: this.#failure() }),
      ...(this.#policyError === undefined ? {} : { policyError: this.#policyError }),
      ...(safety ? { safety } : {}),
      ...(fault ? { fault } : {}),
    };
  }

  #failure(): string {
    const stop = this.supervisor?.log.findLast(({ to }) => isStop(to));
    if (this.#supervision.stoppedAt !== undefined && stop) return `stopped: ${stop.message}`;
    return this.time >= this.#timeLimit ? 'time limit' : 'wrong outcome';
  }

  /** Stops the loop and frees the simulator. Safe to call twice. */
  async close(): Promise<void> {
    this.loop.stop();
    this.#supervision.close();
    await this.loop.pending;
    await this.#supervision.robot.stop();
    this.world.close();
  }
}

/**
 * Creates, runs and closes one episode.
 * @throws {InputError} for a seed out of range; {BindError} when the policy does not fit the robot.
 */
export async function runEpisode(options: EpisodeOptions): Promise<EpisodeResult> {
  const episode = await Episode.create(options);
  try {
    return await episode.run();
  } finally {
    await episode.close();
  }
}

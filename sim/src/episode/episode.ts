import { ActionRows, ControlLoop, InputError } from '@praxis/core';
import { letsCommandsThrough, type OperatorRequest, type RequestResult, type SupervisorView } from '@praxis/safety';
import { checkAbsent, drawAbsent } from '../absent/absent.ts';
import { ExpertPolicy } from '../experts/expert-policy.ts';
import { expertWithout } from '../experts/expert-without.ts';
import { StandStillPolicy } from '../experts/stand-still.ts';
import type { World } from '../mujoco/world.ts';
import { drawMoreObjects } from '../perturbations/more-objects.ts';
import { perturbConditions } from '../perturbations/perturb-conditions.ts';
import { bodySpreadOf, checkPerturbations } from '../perturbations/perturbation.ts';
import type { SimScene } from '../render/sim-scene.ts';
import { hasOneArm, setupOf } from '../robot/setup.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import { checkTouch } from '../robot/touch-timing.ts';
import { areaFor } from '../tasks/area.ts';
import { type Conditions, drawConditions } from '../tasks/conditions.ts';
import { checkSeed } from '../tasks/seeds.ts';
import type { DrawOptions, Outcome, TaskInstance } from '../tasks/task.ts';
import { type ArmActivity, JUDGE_INTERVAL_PERIODS, TaskJudge } from '../tasks/task-judge.ts';
import { chunkAgeLimit, MAXIMUM_CHUNK_AGE_S } from './chunk-age.ts';
import { type EpisodeOptions, loopOptions } from './options.ts';
import type { EpisodeResult } from './result.ts';
import { ActionTrace } from './result.ts';
import { type BuiltScene, buildScene } from './scene.ts';
import { SpokenInterruption } from './spoken-interruption.ts';
import { EpisodeSupervision } from './supervision.ts';
import type { EpisodeTap } from './tap.ts';
import { taskState } from './task-state.ts';

/** Simulated time (s) at which the episode publishes the instruction. The wrist sensor finds its zero before it. */
const INSTRUCTION_TIME_S = 0.02;
/** An episode ends this long (s) after a stop. In this time the stop must not clear itself and the arm must not move. */
const STOP_OBSERVATION_S = 1.5;
/** After a tolerated fault the arm gets a hold request, and the episode continues for this long (s) to verify it. */
const HOLD_OBSERVATION_S = 0.5;

/** One episode in lock step. Its result depends on task, seed and policy alone. The verdict is about what was asked. */
export class Episode {
  readonly robot: SimRobot;
  readonly loop: ControlLoop;
  readonly world: World;
  readonly scene: SimScene;
  readonly instance: TaskInstance;
  readonly expert: ExpertPolicy;
  readonly #supervision: EpisodeSupervision;
  readonly #afterStop: 'end' | 'wait';
  #ends: 'judged' | 'closed';
  readonly #judge: TaskJudge;
  readonly #judges: 'instruction' | 'task';
  readonly #interruption: SpokenInterruption | undefined;
  readonly #task: string;
  readonly #seed: number;
  readonly #trace = new ActionTrace();
  readonly #wallStart = performance.now();
  readonly #tap: EpisodeTap | undefined;
  #instruction: string;
  #driver: 'policy' | 'operator' = 'policy';
  #steps = 0;
  #peakForce = 0;
  #instructionGiven = false;
  #ending: 'tolerated' | 'stopped' = 'stopped';
  #policyError: string | undefined;

  /** @throws {InputError} for a seed out of range; {BindError} when the policy does not fit the robot. */
  static async create(options: EpisodeOptions): Promise<Episode> {
    const { task, seed, fault, modalities, wordings = 'report', swap = false, perturbations = {}, touch } = options;
    checkSeed(seed);
    const setup = setupOf(options);
    checkPerturbations(perturbations, task, setup);
    checkTouch(touch, setup);
    const area = areaFor(task, setup);
    const { absent = false } = options;
    if (absent) checkAbsent(task, options);
    const { layout, language: rewording } = perturbations;
    if (rewording !== undefined && options.instruction !== undefined)
      throw new InputError('perturbation language: cannot be used with an instruction, which it replaces');
    const draw = { seed, wordings, swap, area, rewording, bodySpread: bodySpreadOf(perturbations) };
    const instance = absent ? drawAbsent(task, draw) : task.draw(draw);
    const drawn = drawConditions(seed, setup, { cameraNoise: options.cameraNoise, start: task.start });
    const perturbed = perturbConditions(drawn, perturbations, seed, setup);
    const wrench = { ...perturbed.wrench, timing: touch };
    const { addedInferenceDelay = 0 } = options;
    if (!(addedInferenceDelay >= 0))
      throw new InputError(`added inference delay ${addedInferenceDelay} s: expected 0 or more`);
    const conditions = {
      ...{ ...perturbed, wrench, posture: options.posture },
      inferenceDelay: perturbed.inferenceDelay + addedInferenceDelay,
    };
    const objects = layout && area ? drawMoreObjects(instance, layout, seed, area) : [];
    const scene = await buildScene(setup, instance, conditions, seed, { impact: fault?.impact, modalities, objects });
    try {
      return new Episode(options, draw, instance, scene, conditions);
    } catch (error) {
      scene.world.close();
      throw error;
    }
  }

  private constructor(
    options: EpisodeOptions,
    draw: DrawOptions,
    instance: TaskInstance,
    built: BuiltScene,
    { inferenceDelay, actionDelay }: Pick<Conditions, 'inferenceDelay' | 'actionDelay'>,
  ) {
    const {
      seed,
      policy,
      scheduler,
      mask,
      acceptRobot,
      instruction,
      inputs,
      wrapRobot: wrap,
      afterStop = 'end',
      ends = 'judged',
      judges = 'instruction',
      tap,
    } = options;
    const { world, scene, robot, setup } = built;
    this.#task = options.task.name;
    this.#seed = seed;
    this.#afterStop = afterStop;
    this.#ends = ends;
    this.#judges = judges;
    this.#tap = tap;
    const state = () => taskState(world, robot);
    this.#judge = new TaskJudge(options.task, instance, state, options.goesOn);
    this.instance = instance;
    this.world = world;
    this.scene = scene;
    this.robot = robot;
    this.#instruction = instruction ?? instance.instruction;
    if (judges === 'instruction') this.#judge.setInstruction(this.#instruction);
    const { task, expertLacks = [] } = options;
    const known =
      expertLacks.length > 0 ? expertWithout(expertLacks, task, draw, state) : { instance, state, tool: task.tool };
    const canJudge = () => this.#judge.canJudge;
    const group = hasOneArm(setup) ? undefined : setup.workingArm?.name;
    this.expert = new ExpertPolicy(known.instance, known.state, inputs, canJudge, draw.area, known.tool, group);
    const expert = draw.area || hasOneArm(setup) ? this.expert : new StandStillPolicy(setup);
    const driver = policy === 'expert' ? expert : typeof policy === 'function' ? policy(this.expert) : policy;
    driver.reset();
    scheduler.reset();
    const wrapped = wrap?.(robot) ?? robot;
    const bare = tap?.wrapRobot(wrapped) ?? wrapped;
    this.#supervision = new EpisodeSupervision({
      ...options,
      scene: built,
      robot: bare,
      policy: driver,
      inferenceDelay,
    });
    const loopRobot = tap?.wrapLoopRobot(this.#supervision.robot) ?? this.#supervision.robot;
    const { addedInferenceDelay = 0 } = options;
    const maximumChunkAge = addedInferenceDelay > 0 ? chunkAgeLimit(driver.spec, inferenceDelay) : MAXIMUM_CHUNK_AGE_S;
    this.loop = new ControlLoop({
      robot: loopRobot,
      policy: this.#supervision.policy,
      scheduler,
      mask,
      acceptRobot,
      inference: { kind: 'simulated', delay: inferenceDelay },
      ...loopOptions(setup, driver.spec),
      maximumChunkAge,
    });
    this.loop.chunks$.subscribe((chunk) => {
      this.#trace.add(new ActionRows(chunk).flat());
      this.#interruption?.observeChunk(chunk.stamp, this.time);
    });
    this.#interruption =
      instance.interruption &&
      new SpokenInterruption(instance.interruption, actionDelay, {
        stop: () => void this.request('stop'),
        instruct: (text) => this.#publish(text),
      });
    this.loop.events$.subscribe((event) => {
      if (event.kind === 'masked') this.#reportNeeds();
      if (event.kind === 'policy_error') this.#policyError ??= event.data.message;
    });
    for (const { name, tool } of setup.arms) if (tool) this.#recordPeakForce(contactStream(name));
    this.#reportNeeds();
    const { loop, supervisor } = this;
    const driverNow = (): 'policy' | 'operator' => this.#driver;
    tap?.begin({
      ...{ robot: loopRobot, loop, supervisor, setup, inferenceDelay, maximumChunkAge, period: world.timestep },
      get driver() {
        return driverNow();
      },
      request: (request) => this.request(request),
      setInstruction: (text) => this.setInstruction(text),
    });
    this.loop.start();
    void this.#supervision.robot.start();
  }

  #recordPeakForce(stream: string): void {
    this.loop.derived.stream(stream).subscribe(({ value }) => {
      const f = value as Float64Array;
      this.#peakForce = Math.max(this.#peakForce, Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]));
    });
  }

  /** The supervisor of the arm, or all of a robot with several command groups; undefined with `safety: 'off'`. */
  get supervisor(): SupervisorView | undefined {
    return this.#supervision.supervisor;
  }

  /** The instruction in force. */
  get instruction(): string {
    return this.#instruction;
  }

  /** The last verdict on what was asked. */
  get verdict(): Outcome {
    return this.#judge.outcome;
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
    this.#judge.observe(this.time, this.#activity);
    if (this.#steps % JUDGE_INTERVAL_PERIODS === 0) this.#endWhenDue();
    return !this.#ended;
  }

  get #activity(): ArmActivity {
    if (this.#driver === 'operator') return 'waiting';
    if (this.#afterStop === 'wait') return this.#supervision.isRunning ? 'working' : 'waiting';
    return this.#supervision.stoppedAt === undefined ? 'working' : 'stopped';
  }

  get #ended(): boolean {
    return this.#ends === 'judged' && this.#judge.outcome !== 'running';
  }

  #endWhenDue(): void {
    if (this.#ends === 'closed') return;
    const { stoppedAt } = this.#supervision;
    const stopped = this.#afterStop === 'end' && stoppedAt !== undefined && this.time >= stoppedAt + STOP_OBSERVATION_S;
    if (stopped) this.#judge.close('stop');
    else if (this.#judge.isOverdue) this.#judge.close('time limit');
  }

  /** Passes an operator's request to the supervisor. It returns the reason of a refusal. */
  request(request: OperatorRequest): RequestResult {
    this.#tap?.operatorInput('request', request);
    const result = this.#supervision.request(request);
    // The commands from before the stop do not match the arm's present position.
    if (letsCommandsThrough(request) && this.supervisor?.state === 'running') this.loop.resynchronize();
    return result;
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
    const written = this.#tap?.endPeriod(thread === 'free');
    if (written) await written;
    // Words come between two periods, as a person's do: the loop takes them up in the next one, and a recording has them there.
    this.#interruption?.advance(this.time, this.#supervision.stoppedAt !== undefined);
  }

  /** Ticks the loop once and waits for the inference that the tick started. */
  async #computePolicy(): Promise<void> {
    if (this.#supervision.deliverDueResults()) await this.loop.pending;
    this.loop.tick();
    const computing = this.#supervision.pendingInference(this.loop);
    if (computing) await computing;
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
    this.request('hold');
    for (const end = this.time + HOLD_OBSERVATION_S; this.time < end; ) await this.#runPeriod();
  }

  /** Judges the scene as it is now, because the plan has ended. The verdict then ends the episode. */
  endPlan(): void {
    this.#judge.close('plan');
    this.#ends = 'judged';
  }

  /** Removes the time limit, for an episode in which a person drives the arm. */
  liftTimeLimit(): void {
    this.#judge.liftTimeLimit();
  }

  /**
   * Who moves the arm. While an operator does, nothing is judged, the task's clock stands still, and the supervisor stops for no
   * camera: the policy, which reads them, does not move the arm.
   */
  setDriver(driver: 'policy' | 'operator'): void {
    if (driver === this.#driver) return;
    this.#driver = driver;
    this.#tap?.operatorInput('driver', driver);
    this.#reportNeeds();
  }

  #reportNeeds(): void {
    this.supervisor?.needStreams(this.#driver === 'policy' ? this.loop.reads : []);
  }

  /** Publishes a new instruction during the episode. The verdict is then about this one, see {@link EpisodeOptions.judges}. */
  setInstruction(text: string): void {
    if (this.#judges === 'instruction') this.#judge.setInstruction(text);
    this.#publish(text);
  }

  #publish(text: string): void {
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
    const { outcome: verdict } = this.#judge;
    const outcome = verdict === 'running' ? 'no_verdict' : verdict;
    const success = outcome === 'success';
    const safety = this.#supervision.safetyResult();
    const fault = this.#supervision.faultResult(this.#ending);
    return {
      task: this.#task,
      seed: this.#seed,
      success,
      outcome,
      instruction: this.#instruction,
      ...(this.instance.wordingKind === undefined ? {} : { wordingKind: this.instance.wordingKind }),
      ...(this.instance.absent === undefined ? {} : { absent: this.instance.absent }),
      instructionFollowed: (this.#judge.canJudge && this.instance.followedInstruction()) ?? false,
      timeS: this.time,
      peakForceN: this.#peakForce,
      policyMs: [...inferenceMs],
      missedDeadlines,
      emptyQueueTicks,
      steps: this.#steps,
      wallS: (performance.now() - this.#wallStart) / 1000,
      actionsSha256: this.#trace.digest(),
      ...(this.instance.score ? { score: this.instance.score() } : {}),
      ...(success ? {} : { failure: this.#failure() }),
      ...(this.#policyError === undefined ? {} : { policyError: this.#policyError }),
      ...(this.#interruption ? { interruption: this.#interruption.result } : {}),
      ...(safety ? { safety } : {}),
      ...(fault ? { fault } : {}),
    };
  }

  #failure(): string {
    const stop = this.supervisor?.stopCause;
    const asked = this.instance.interruption?.kind === 'stop';
    if (stop && !asked) return `stopped: ${stop.message}`;
    if (!this.#judge.canJudge) return `"${this.#instruction}" is no goal of this scene, which can be judged`;
    if (this.#judge.outcome === 'running') return 'cut off before its end';
    const { shortcomings } = this.#judge;
    if (shortcomings.length > 0) return shortcomings.join('; ');
    if (this.#judge.isOverdue) return 'time limit';
    return this.instance.failureCause?.() ?? 'wrong outcome';
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

/** Name of the loop's stream with the contact wrench of an arm. */
const contactStream = (arm: string): string => (arm === 'arm' ? 'wrench.contact' : `wrench.contact.${arm}`);

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

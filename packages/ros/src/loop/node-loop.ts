import {
  type BaseCommand,
  ControlLoop,
  type EndEffectorState,
  isStale,
  type Policy,
  type RobotCommand,
  type Workspace,
} from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import type { QueueState } from '@praxis/safety';
import { odometryStream } from '@praxis/sim';
import { catchErrors } from '../rcl/catch-errors.ts';
import { RepeatedLine } from '../rcl/repeated-line.ts';
import type { RosSession } from '../rcl/session.ts';
import { everyPeriod } from '../rcl/ticker.ts';
import { CONTROL_PERIOD_S, CommandPublisher } from '../robot/command-topic.ts';
import type { NodeRobot } from '../robot/node-robot.ts';
import type { OwnTopic } from '../robot/own-topics.ts';
import { type CommandSink, RosRobot } from '../robot/ros-robot.ts';
import { robotOptions } from './robot-options.ts';

/** The measured pose counts as unknown when the newest joint state is older than this (s). */
const JOINTS_TIMEOUT_S = 0.1;
/** The policy counts as warm after this many answers: the first inferences of a process are slow. */
const WARM_UP_ANSWERS = 10;

/** Options of {@link NodeLoop}. */
export interface NodeLoopOptions {
  readonly session: RosSession;
  readonly nodeRobot: NodeRobot;
  readonly policy: Policy;
  /** Topics of the user's sensors that the policy needs. */
  readonly own: readonly OwnTopic[];
  /** Modalities or streams that are hidden from the policy. */
  readonly mask: readonly string[];
  /** Name of a robot that the policy may drive although it was not trained for it; empty for none. */
  readonly acceptRobot: string;
  /** Decides about the instructions to the policy, see `InstructionGate`. @throws {MessageError} with the reason of a refusal */
  readonly admitText: (text: string) => string;
  /**
   * Targets outside it (m, base frame) are refused; undefined refuses none. Of a folder's robot, the workspace in the folder holds.
   */
  readonly workspace: Workspace | undefined;
  /** Who moves the arm now. Default: the policy. */
  readonly driver?: () => 'policy' | 'operator';
}

/**
 * The control loop of a node. An active loop drives the robot while the supervisor is running. Before the start and during
 * a stop it commands the measured position, so that the supervisor has valid commands at the start and an arm does not jump; it commands
 * a base to stand.
 */
export class NodeLoop {
  /** An inactive loop receives all samples and publishes no command. */
  active = false;
  readonly robot: RosRobot;
  readonly loop: ControlLoop;
  readonly commands: CommandPublisher;
  readonly #stopTicking: () => void;
  /** x, y (m), heading (rad) by the names of the bases. */
  readonly #basePlaces = new Map<string, readonly number[]>();
  #supervisorRuns = false;
  #supervised = false;
  #commandingMeasured = false;
  /** A policy that follows instructions waits for the first one: without one its motion would be arbitrary. */
  #policyPaused: boolean;
  #policyLost = false;
  readonly #readsInstructions: boolean;
  readonly #driver: () => 'policy' | 'operator';
  /** Number of answers when the policy's process started. */
  #answersBefore = 0;
  /** The newest command to each group. */
  readonly #lastCommands = new Map<string, RobotCommand>();
  readonly #nodeRobot: NodeRobot;

  /** @throws {BindError} when policy and robot do not fit each other; the message names the difference */
  constructor(options: NodeLoopOptions) {
    const { session, nodeRobot, policy, own, mask, admitText, acceptRobot, workspace } = options;
    const { spec, drivers } = nodeRobot;
    const { rcl, node, clock, stampClock, log } = session;
    this.#readsInstructions = policy.spec.inputs.some(({ modality }) => modality === 'language');
    this.#policyPaused = this.#readsInstructions;
    this.#driver = options.driver ?? (() => 'policy');
    this.#nodeRobot = nodeRobot;
    this.commands = new CommandPublisher(rcl, node, nodeRobot);
    const sink: CommandSink = {
      send: (command, stamp, name) => {
        if (!this.#supervisorRuns && !this.#commandingMeasured) return;
        this.#lastCommands.set(name, command);
        this.commands.send(command, stamp, name);
      },
      close: () => this.commands.close(),
    };
    const robot = new RosRobot({
      rcl,
      node,
      clock,
      stampClock,
      ...drivers,
      own,
      admitText,
      spec: { ...spec, streams: [...spec.streams, ...own.map((each) => each.spec)] },
      sink,
    });
    this.robot = robot;
    try {
      this.loop = new ControlLoop({
        ...robotOptions(nodeRobot, workspace, policy.spec),
        robot,
        policy,
        scheduler: new RecedingHorizon(),
        inference: { kind: 'measured' },
        mask,
        acceptRobot,
      });
    } catch (error) {
      void robot.stop();
      throw error;
    }
    if (this.loop.otherRobot !== undefined) log.warn(this.loop.otherRobot);
    this.#logEvents(log);
    this.#watchBases();
    this.loop.start();
    void robot.start();
    this.#stopTicking = everyPeriod(
      () => clock.now(),
      CONTROL_PERIOD_S,
      catchErrors(log, 'control loop', (_due: number, newest: boolean) => this.#runPeriod(newest)),
    );
  }

  /** True after the slow first inferences. */
  get warmedUp(): boolean {
    return this.#answers - this.#answersBefore >= WARM_UP_ANSWERS;
  }

  /**
   * Tool pose of the first arm `[x, y, z, qx, qy, qz, qw]` (m, frame of its base); undefined without a recent measurement, and for a robot
   * without an arm.
   */
  get toolPose(): Float64Array | undefined {
    const [first] = this.#nodeRobot.arms;
    const measured = first && this.#stateOf(first.name);
    return measured?.known && !this.#jointsStale ? measured.pose : undefined;
  }

  /**
   * Where everything is that moves: x, y, z (m) of each tool in the frame of its base, and x, y (m), heading (rad) of each base by its
   * odometry. Undefined without recent measurements.
   */
  get places(): readonly number[] | undefined {
    if (this.#jointsStale) return undefined;
    const tools = this.#nodeRobot.arms.map(({ name }) => this.#stateOf(name));
    const bases = this.#nodeRobot.bases.map(({ name }) => this.#basePlaces.get(name));
    if (!tools.every(({ known }) => known) || bases.includes(undefined)) return undefined;
    return [...tools.flatMap(({ pose: [x, y, z] }) => [x, y, z]), ...bases.flatMap((place) => place!)];
  }

  /** State of the chunk scheduler's queue, as the heartbeat reports it to the supervisor. */
  get queue(): QueueState {
    return this.#supervisorRuns && !this.#policyPaused ? this.loop.queue : 'unknown';
  }

  /** Streams that whoever moves the arm reads, as the heartbeat reports them; an operator reads none through this loop. */
  get reads(): readonly string[] {
    return this.#driver() === 'policy' ? this.loop.reads : [];
  }

  /** Holds arms at their current target, and stops bases, until {@link resumePolicy}. */
  pausePolicy(): void {
    this.#policyPaused = true;
  }

  /** The policy gives no chunks: the arm stays at its target. */
  policyLost(): void {
    this.#policyPaused = true;
    this.#policyLost = true;
  }

  /** The policy gives chunks again. One that follows instructions waits for the next. */
  policyBack(): void {
    this.#policyLost = false;
    this.#answersBefore = this.#answers;
    if (!this.#readsInstructions) this.resumePolicy();
  }

  /** Lets the policy command the arm, starting from the measured state. */
  resumePolicy(): void {
    // An instruction does not bring back a policy whose process has ended.
    if (this.#policyLost) return;
    if (this.#policyPaused) this.loop.resynchronize();
    this.#policyPaused = false;
  }

  /** @param state state that the supervisor publishes, or `unknown` */
  setSupervisorState(state: string): void {
    const driving = state === 'running';
    // The arm may have moved since the last command.
    if (driving && !this.#supervisorRuns) this.loop.resynchronize();
    this.#supervisorRuns = driving;
    this.#supervised = state !== 'unknown' && state !== 'idle';
  }

  async close(): Promise<void> {
    this.#stopTicking();
    this.loop.stop();
    // A running inference may never end; its policy rejects it when it closes.
    await this.robot.stop();
  }

  #logEvents(log: RosSession['log']): void {
    const lines = new RepeatedLine((line) => log.warn(line));
    this.loop.events$.subscribe(({ kind, data }) => {
      if (kind === 'started' || kind === 'stopped' || kind === 'missed_deadline') return;
      const { message = '' } = data as { message?: string };
      lines.add(kind, `loop: ${kind.replaceAll('_', ' ')} ${message}`);
    });
  }

  /** Skips late periods: the loop runs by the clock, and only the newest command is of use. */
  #runPeriod(newest: boolean): void {
    if (!newest || !this.active) return;
    if (this.#policyPaused && this.#supervisorRuns && this.#lastCommands.size > 0) {
      this.#repeatCommands();
      return;
    }
    // The loop also runs while its commands are discarded, so that the policy stays warm.
    if (this.#supervised && !this.#policyLost) this.loop.tick();
    if (this.#supervisorRuns || !this.#supervised || this.#jointsStale) return;
    this.#commandingMeasured = true;
    this.#commandMeasured();
    this.#commandingMeasured = false;
  }

  /** Number of inferences that gave a chunk or a refusal. */
  get #answers(): number {
    const { chunks, refusals } = this.loop.stats;
    return chunks + refusals;
  }

  /** True when the newest joint state is too old to describe the arm. */
  get #jointsStale(): boolean {
    return isStale(this.robot.clock.now() - this.robot.topics.get('joints')!.lastPassed, JOINTS_TIMEOUT_S);
  }

  /** State of an arm's tool and joints. @param name name of the arm's command */
  #stateOf(name: string): EndEffectorState {
    const { endEffector, endEffectors } = this.loop.derived;
    return endEffectors.get(name) ?? endEffector;
  }

  /** Keeps arms at their last target. A base that kept its last command would go on. */
  #repeatCommands(): void {
    const now = this.robot.clock.now();
    for (const [name, command] of this.#lastCommands) {
      this.commands.send('twist' in command ? standing(command.twist) : command, now, name);
    }
  }

  #commandMeasured(): void {
    const now = this.robot.clock.now();
    const times = { stamp: now, received: now };
    for (const { name } of this.#nodeRobot.arms) {
      const { known, joints, width } = this.#stateOf(name);
      if (known) this.robot.command(name, { value: { position: joints, gripperWidth: width }, ...times });
    }
    for (const { name, names } of this.#nodeRobot.bases) this.robot.command(name, { value: standing(names), ...times });
  }

  /** Keeps the newest place of each base by its odometry. */
  #watchBases(): void {
    const { bases } = this.#nodeRobot;
    for (const { name } of bases) {
      this.robot.stream(odometryStream(name, bases)).subscribe(({ value }) => {
        const [x, y, , , , qz, qw] = value as Float64Array;
        this.#basePlaces.set(name, [x, y, 2 * Math.atan2(qz, qw)]);
      });
    }
  }
}

/** The command to a base that stands. @param elements one for each velocity */
const standing = (elements: ArrayLike<unknown>): BaseCommand => ({ twist: new Float64Array(elements.length) });

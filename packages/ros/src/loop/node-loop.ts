import { type ArmCommand, ControlLoop, InputError, isStale, type Policy, type Workspace } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import type { QueueState } from '@praxis/safety';
import { loopOptions, SIM_LOOP } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { catchErrors } from '../rcl/catch-errors.ts';
import { RepeatedLine } from '../rcl/repeated-line.ts';
import type { RosSession } from '../rcl/session.ts';
import { everyPeriod } from '../rcl/ticker.ts';
import type { NodeArm } from '../robot/arm.ts';
import { CONTROL_PERIOD_S, CommandPublisher } from '../robot/command-topic.ts';
import type { RobotDescription } from '../robot/description.ts';
import type { OwnTopic } from '../robot/own-topics.ts';
import { type CommandSink, RosRobot } from '../robot/ros-robot.ts';

/** The measured pose counts as unknown when the newest joint state is older than this (s). */
const JOINTS_TIMEOUT_S = 0.1;
/** The policy counts as warm after this many chunks: the first inferences of a process are slow. */
const WARM_UP_CHUNKS = 10;

/** Options of {@link NodeLoop}. */
export interface NodeLoopOptions {
  readonly session: RosSession;
  readonly arm: NodeArm;
  readonly policy: Policy;
  /** Topics of the user's sensors that the policy needs. */
  readonly own: readonly OwnTopic[];
  /** Modalities or streams that are hidden from the policy. */
  readonly mask: readonly string[];
  /** Name of a robot that the policy may drive although it was not trained for it; empty for none. */
  readonly acceptRobot: string;
  /** Decides about the instructions to the policy, see `InstructionGate`. @throws {MessageError} with the reason of a refusal */
  readonly admitText: (text: string) => string;
  /** Targets outside it (m, base frame) are refused; undefined refuses none. */
  readonly workspace: Workspace | undefined;
  /** Who moves the arm now. Default: the policy. */
  readonly driver?: () => 'policy' | 'operator';
}

/**
 * The control loop of a node. An active loop drives the arm while the supervisor is running. Before the start and during
 * a stop it commands the measured position, so that the supervisor has valid commands at the start and the arm does not jump.
 */
export class NodeLoop {
  /** An inactive loop receives all samples and publishes no command. */
  active = false;
  readonly robot: RosRobot;
  readonly loop: ControlLoop;
  readonly commands: CommandPublisher;
  readonly #stopTicking: () => void;
  #supervisorRuns = false;
  #supervised = false;
  #commandingMeasured = false;
  /** A policy that follows instructions waits for the first one: without one its motion would be arbitrary. */
  #policyPaused: boolean;
  #policyLost = false;
  readonly #readsInstructions: boolean;
  readonly #driver: () => 'policy' | 'operator';
  /** Number of chunks when the policy's process started. */
  #chunksBefore = 0;
  #lastCommand: ArmCommand | undefined;

  /** @throws {BindError} when policy and robot do not fit each other; the message names the difference */
  constructor(options: NodeLoopOptions) {
    const { session, arm, policy, own, mask, admitText, acceptRobot, workspace } = options;
    const { description, robot: described, folder, gripper } = arm;
    const { rcl, node, clock, stampClock, log } = session;
    this.#readsInstructions = policy.spec.inputs.some(({ modality }) => modality === 'language');
    this.#policyPaused = this.#readsInstructions;
    this.#driver = options.driver ?? (() => 'policy');
    this.commands = new CommandPublisher(rcl, node, description.joints);
    const sink: CommandSink = {
      send: (command, stamp) => {
        if (!this.#supervisorRuns && !this.#commandingMeasured) return;
        this.#lastCommand = command;
        this.commands.send(command, stamp);
      },
      close: () => this.commands.close(),
    };
    const robot = new RosRobot({
      rcl,
      node,
      clock,
      stampClock,
      imageTransport: description.imageTransport,
      gripperStates: description.gripperStates,
      gripper,
      jointAge: description.jointAge,
      own,
      admitText,
      spec: { ...described.spec, streams: [...described.spec.streams, ...own.map(({ spec }) => spec)] },
      sink,
    });
    this.robot = robot;
    try {
      this.loop = new ControlLoop({
        ...(folder ? loopOptions(folder.setup) : parameterLoop(description)),
        robot,
        policy,
        kinematics: described.kinematics,
        tool: described.tool,
        scheduler: new RecedingHorizon(),
        inference: { kind: 'measured' },
        mask,
        acceptRobot,
        baseFrame: description.baseFrame,
        fingerJoints: description.fingers,
        workspace,
      });
    } catch (error) {
      void robot.stop();
      throw error;
    }
    if (this.loop.otherRobot !== undefined) log.warn(this.loop.otherRobot);
    this.#logEvents(log);
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
    return this.loop.stats.chunks - this.#chunksBefore >= WARM_UP_CHUNKS;
  }

  /** Tool pose `[x, y, z, qx, qy, qz, qw]` (m, base frame); undefined without a recent measurement. */
  get toolPose(): Float64Array | undefined {
    const { known, pose } = this.loop.derived.endEffector;
    return known && !this.#jointsStale ? pose : undefined;
  }

  /** State of the chunk scheduler's queue, as the heartbeat reports it to the supervisor. */
  get queue(): QueueState {
    return this.#supervisorRuns && !this.#policyPaused ? this.loop.queue : 'unknown';
  }

  /** Streams that whoever moves the arm reads, as the heartbeat reports them; an operator reads none through this loop. */
  get reads(): readonly string[] {
    return this.#driver() === 'policy' ? this.loop.reads : [];
  }

  /** Holds the arm at its current target until {@link resumePolicy}. */
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
    this.#chunksBefore = this.loop.stats.chunks;
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
    if (this.#policyPaused && this.#supervisorRuns && this.#lastCommand) {
      this.commands.send(this.#lastCommand, this.robot.clock.now());
      return;
    }
    // The loop also runs while its commands are discarded, so that the policy stays warm.
    if (this.#supervised && !this.#policyLost) this.loop.tick();
    if (this.#supervisorRuns || !this.#supervised || this.#jointsStale) return;
    this.#commandingMeasured = true;
    this.#commandMeasured();
    this.#commandingMeasured = false;
  }

  /** True when the newest joint state is too old to describe the arm. */
  get #jointsStale(): boolean {
    return isStale(this.robot.clock.now() - this.robot.topics.get('joints')!.lastPassed, JOINTS_TIMEOUT_S);
  }

  #commandMeasured(): void {
    const { endEffector } = this.loop.derived;
    if (!endEffector.known) return;
    const now = this.robot.clock.now();
    const value = { position: endEffector.joints, gripperWidth: endEffector.width };
    this.robot.command('arm', { value, stamp: now, received: now });
  }
}

/** Options of the loop for an arm that parameters describe. */
const parameterLoop = ({ urdf }: RobotDescription) => ({
  ...SIM_LOOP,
  // The controller's posture belongs to the Praxis arm; other arms keep the posture that they start in.
  controller: urdf === armUrdf() ? SIM_LOOP.controller : {},
});

/** Corners of a box in a node's parameters: x, y, z (m, base frame). */
interface WorkspaceParameters {
  readonly workspace_minimum: readonly number[];
  readonly workspace_maximum: readonly number[];
}

/**
 * The workspace (m, base frame) that a node's parameters describe.
 * @throws {InputError} when a corner is not three numbers.
 */
export const parameterWorkspace = (values: WorkspaceParameters): Workspace => ({
  minimum: vector3(values.workspace_minimum),
  maximum: vector3(values.workspace_maximum),
});

/**
 * The workspace (m, base frame) of the robot's folder, which may have none, and without a folder that of the parameters.
 * @throws {InputError} as {@link parameterWorkspace}
 */
export function workspaceOf({ folder }: Pick<NodeArm, 'folder'>, values: WorkspaceParameters): Workspace | undefined {
  if (!folder) return parameterWorkspace(values);
  const { workspace } = folder.setup.definition;
  return workspace && { minimum: workspace.lower, maximum: workspace.upper };
}

function vector3(values: readonly number[]): [number, number, number] {
  if (values.length === 3) return [values[0], values[1], values[2]];
  throw new InputError(`workspace: ${values.length} numbers, expected x, y, z`);
}

import { type ArmCommand, ControlLoop, InputError, isStale, type Policy, type Workspace } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { SIM_LOOP } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { catchErrors } from '../rcl/catch-errors.ts';
import type { RosSession } from '../rcl/session.ts';
import { everyPeriod } from '../rcl/ticker.ts';
import { CommandPublisher } from '../robot/command-topic.ts';
import type { DescribedRobot, RobotDescription } from '../robot/description.ts';
import type { QueueReport } from '../robot/node-topics.ts';
import { type CommandSink, RosRobot } from '../robot/ros-robot.ts';

/** s. */
const CONTROL_PERIOD_S = 0.002;
/** s without joint states. */
const JOINTS_TIMEOUT_S = 0.1;
/** The first inferences of a cold process are slow: it is warm after so many. */
const WARM_UP_CHUNKS = 10;

export interface NodeLoopOptions {
  readonly session: RosSession;
  readonly description: RobotDescription;
  readonly robot: DescribedRobot;
  readonly policy: Policy;
  readonly mask: readonly string[];
  readonly workspace: Workspace;
}

/**
 * The control loop of a node. Active, it drives the arm as long as the supervisor lets commands through. Until then,
 * and while that stops the arm, it commands the place where the arm is measured: commands are there when it is asked to start, and
 * nothing jumps.
 */
export class NodeLoop {
  /** Inactive, it hears everything and says nothing. */
  active = false;
  readonly robot: RosRobot;
  readonly loop: ControlLoop;
  readonly commands: CommandPublisher;
  readonly #stopTicking: () => void;
  #supervisorRuns = false;
  #supervised = false;
  #commandingMeasured = false;
  /** A policy that follows instructions would go somewhere without one: it waits for the first. */
  #policyPaused: boolean;
  #lastCommand: ArmCommand | undefined;

  /** @throws {BindError} when policy and robot do not fit each other; the message says what differs. */
  constructor({ session, description, robot: described, policy, mask, workspace }: NodeLoopOptions) {
    const { rcl, node, clock, log } = session;
    this.#policyPaused = policy.spec.inputs.some(({ modality }) => modality === 'language');
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
      imageTransport: description.imageTransport,
      gripperStates: description.gripperStates,
      spec: described.spec,
      sink,
    });
    this.robot = robot;
    try {
      this.loop = new ControlLoop({
        ...SIM_LOOP,
        // Another arm has another posture: the one it stands in.
        controller: description.urdf === armUrdf() ? SIM_LOOP.controller : {},
        robot,
        policy,
        kinematics: described.kinematics,
        tool: described.tool,
        scheduler: new RecedingHorizon(),
        inference: { kind: 'measured' },
        mask,
        baseFrame: description.baseFrame,
        fingerJoints: description.fingers,
        workspace,
      });
    } catch (error) {
      void robot.stop();
      throw error;
    }
    this.loop.start();
    void robot.start();
    this.#stopTicking = everyPeriod(
      () => clock.now(),
      CONTROL_PERIOD_S,
      catchErrors(log, 'control loop', (_due: number, newest: boolean) => this.#runPeriod(newest)),
    );
  }

  /** True when the policy answers as fast as it will. */
  get warmedUp(): boolean {
    return this.loop.stats.chunks >= WARM_UP_CHUNKS;
  }

  /** `[x, y, z, qx, qy, qz, qw]` in the base frame; undefined while it is not measured. */
  get toolPose(): Float64Array | undefined {
    const { known, pose } = this.loop.derived.endEffector;
    return known && !this.#jointsStale ? pose : undefined;
  }

  get queue(): QueueReport {
    const { state } = this.loop.controller;
    if (!this.#supervisorRuns || this.#policyPaused || state === 'waiting') return 'unknown';
    return state === 'tracking' ? 'filled' : 'empty';
  }

  /** Leaves the arm at the target that it has, until {@link resumePolicy}. */
  pausePolicy(): void {
    this.#policyPaused = true;
  }

  /** Lets the policy command the arm, which is as it is from the beginning. */
  resumePolicy(): void {
    if (this.#policyPaused) this.loop.resynchronize();
    this.#policyPaused = false;
  }

  /** What the supervisor says of itself. */
  setSupervisorState(state: string): void {
    const driving = state === 'running';
    // What was commanded before is not where the arm is.
    if (driving && !this.#supervisorRuns) this.loop.resynchronize();
    this.#supervisorRuns = driving;
    this.#supervised = state !== 'unknown' && state !== 'idle';
  }

  async close(): Promise<void> {
    this.#stopTicking();
    this.loop.stop();
    await this.loop.pending;
    await this.robot.stop();
  }

  /** Late ticks are not made up for: the loop goes by the clock, and the newest command is the one that counts. */
  #runPeriod(newest: boolean): void {
    if (!newest || !this.active) return;
    if (this.#policyPaused && this.#supervisorRuns && this.#lastCommand) {
      this.commands.send(this.#lastCommand, this.robot.clock.now());
      return;
    }
    // Nobody hears what is commanded meanwhile, but the policy keeps warm.
    if (this.#supervised) this.loop.tick();
    if (this.#supervisorRuns || !this.#supervised || this.#jointsStale) return;
    this.#commandingMeasured = true;
    this.#commandMeasured();
    this.#commandingMeasured = false;
  }

  /** Whether where the arm is was measured too long ago to say anything. */
  get #jointsStale(): boolean {
    return isStale(this.robot.clock.now() - this.robot.topics.get('joints')!.lastReceived, JOINTS_TIMEOUT_S);
  }

  #commandMeasured(): void {
    const { endEffector } = this.loop.derived;
    if (!endEffector.known) return;
    const now = this.robot.clock.now();
    const value = { position: endEffector.joints, gripperWidth: endEffector.width };
    this.robot.command('arm', { value, stamp: now, received: now });
  }
}

/** @throws {InputError} when a corner is not three numbers. */
export const workspaceOf = (values: {
  readonly workspace_minimum: readonly number[];
  readonly workspace_maximum: readonly number[];
}): Workspace => ({ minimum: vector3(values.workspace_minimum), maximum: vector3(values.workspace_maximum) });

function vector3(values: readonly number[]): [number, number, number] {
  if (values.length === 3) return [values[0], values[1], values[2]];
  throw new InputError(`workspace: ${values.length} numbers, expected x, y, z`);
}

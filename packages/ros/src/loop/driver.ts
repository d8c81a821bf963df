import { type ArmCommand, ControlLoop, InputError, isStale, type Policy, type Workspace } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { SIM_LOOP } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { guarded } from '../rcl/guarded.ts';
import type { RosSession } from '../rcl/session.ts';
import { everyPeriod } from '../rcl/ticker.ts';
import { CommandPublisher } from '../robot/command-topic.ts';
import type { DescribedRobot, RobotDescription } from '../robot/description.ts';
import type { QueueReport } from '../robot/node-topics.ts';
import { type CommandSink, RosRobot } from '../robot/ros-robot.ts';

/** s. */
const PERIOD = 0.002;
/** s without joint states. */
const BLIND = 0.1;
/** The first inferences of a cold process are slow: it is warm after so many. */
const WARM = 10;

export interface DriverOptions {
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
export class Driver {
  /** Inactive, it hears everything and says nothing. */
  active = false;
  readonly robot: RosRobot;
  readonly loop: ControlLoop;
  readonly commands: CommandPublisher;
  readonly #end: () => void;
  #driving = false;
  #guarded = false;
  #staying = false;
  /** A policy that follows instructions would go somewhere without one: it waits for the first. */
  #resting: boolean;
  #last: ArmCommand | undefined;

  /** @throws {BindError} when policy and robot do not fit each other; the message says what differs. */
  constructor({ session, description, robot: described, policy, mask, workspace }: DriverOptions) {
    const { rcl, node, clock, log } = session;
    this.#resting = policy.spec.inputs.some(({ modality }) => modality === 'language');
    this.commands = new CommandPublisher(rcl, node, description.joints);
    const sink: CommandSink = {
      send: (command, stamp) => {
        if (!this.#driving && !this.#staying) return;
        this.#last = command;
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
    this.#end = everyPeriod(
      () => clock.now(),
      PERIOD,
      guarded(log, 'control loop', (_due: number, newest: boolean) => this.#period(newest)),
    );
  }

  /** True when the policy answers as fast as it will. */
  get warm(): boolean {
    return this.loop.stats.chunks >= WARM;
  }

  /** `[x, y, z, qx, qy, qz, qw]` in the base frame; undefined while it is not measured. */
  get toolPose(): Float64Array | undefined {
    const { known, pose } = this.loop.derived.endEffector;
    return known && !this.#blind ? pose : undefined;
  }

  get queue(): QueueReport {
    const { state } = this.loop.controller;
    if (!this.#driving || this.#resting || state === 'waiting') return 'unknown';
    return state === 'tracking' ? 'filled' : 'empty';
  }

  /** Leaves the arm at the target that it has, until {@link work}. */
  rest(): void {
    this.#resting = true;
  }

  /** Lets the policy command the arm, which is as it is from the beginning. */
  work(): void {
    if (this.#resting) this.loop.retake();
    this.#resting = false;
  }

  /** What the supervisor says of itself. */
  follow(state: string): void {
    const driving = state === 'running';
    // What was commanded before is not where the arm is.
    if (driving && !this.#driving) this.loop.retake();
    this.#driving = driving;
    this.#guarded = state !== 'unknown' && state !== 'idle';
  }

  async close(): Promise<void> {
    this.#end();
    this.loop.stop();
    await this.loop.pending;
    await this.robot.stop();
  }

  /** Late ticks are not made up for: the loop goes by the clock, and the newest command is the one that counts. */
  #period(newest: boolean): void {
    if (!newest || !this.active) return;
    if (this.#resting && this.#driving && this.#last) {
      this.commands.send(this.#last, this.robot.clock.now());
      return;
    }
    // Nobody hears what is commanded meanwhile, but the policy keeps warm.
    if (this.#guarded) this.loop.tick();
    if (this.#driving || !this.#guarded || this.#blind) return;
    this.#staying = true;
    this.#stay();
    this.#staying = false;
  }

  /** Whether where the arm is was measured too long ago to say anything. */
  get #blind(): boolean {
    return isStale(this.robot.clock.now() - this.robot.topics.get('joints')!.heard, BLIND);
  }

  #stay(): void {
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
}): Workspace => ({ minimum: triple(values.workspace_minimum), maximum: triple(values.workspace_maximum) });

function triple(values: readonly number[]): [number, number, number] {
  if (values.length === 3) return [values[0], values[1], values[2]];
  throw new InputError(`workspace: ${values.length} numbers, expected x, y, z`);
}

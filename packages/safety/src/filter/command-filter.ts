import { type ArmCommand, BindError, InputError, type Kinematics } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import type { FilterConfig, StopMode } from '../config/filter-config.ts';
import { Candidate, TargetVelocity } from './candidate.ts';
import { CommandChecks } from './command-checks.ts';
import { type DistanceStages, distanceStages } from './distance-stages.ts';
import { GripperOutput } from './gripper.ts';
import { JumpGuard } from './jump-guard.ts';
import { exposedSpeed } from './limits/contact-speed.ts';
import { type JointLimits, jointLimits } from './limits/joint-limits.ts';
import { Viability } from './limits/viability.ts';
import type { Neighbour } from './neighbours/neighbours.ts';
import { SingularityCap, ToolJacobian, ToolSpeedCap } from './speed-cap.ts';
import { SpeedStage } from './speed-stage.ts';
import { MotionState, PathBrake } from './stop/path-brake.ts';
import { StopCheck } from './stop/stop-check.ts';
import type { StoppingEstimate } from './stop/stopping-forecast.ts';
import { StoppingForecast } from './stop/stopping-forecast.ts';
import type { FilterResult } from './verdict.ts';
import { FilterVerdict } from './verdict.ts';

/** An arm that was left behind its command catches up faster than the command by at most this share of its speed limits. */
const CATCH_UP_SHARE = 0.25;

/** The arm, the rate and the configuration of a command filter. */
export interface CommandFilterOptions {
  /** Joints of the command, in its order. */
  readonly names: readonly string[];
  /** Model of the robot; its limits and shapes apply. */
  readonly model: RobotModel;
  /** Kinematics from the base to the tool, with the joints of the command. */
  readonly kinematics: Kinematics;
  /** Stages and limits, see {@link FilterConfig}. */
  readonly config: FilterConfig;
  /** Time between two outputs (s). */
  readonly period: number;
}

/**
 * Stands between a controller and an arm. It passes a command bit by bit, changes it to keep the limits, or rejects it
 * and brakes. The finite differences of the output over the period keep the limits of position, velocity, acceleration
 * and jerk for any input, because the quickest stop from every output keeps them too (`limits/viability.ts`). Call `filter`
 * or `brake` once a period. It allocates nothing in steady state.
 *
 * It is engineering, not a certified safety function.
 *
 * @example
 * ```ts
 * const filter = new CommandFilter({ names, model, kinematics, config: DEFAULT_FILTER, period: 0.002 });
 * filter.reset(measuredPosition, measuredWidth, clock.now());
 * const { verdict } = filter.filter(command, stamp, clock.now());
 * send(filter.position, filter.gripperWidth);
 * ```
 */
export class CommandFilter {
  /** Limits that the output keeps, from the URDF and the configuration. */
  readonly limits: JointLimits;
  readonly #options: CommandFilterOptions;
  readonly #config: FilterConfig;
  readonly #names: readonly string[];
  readonly #state: MotionState;
  readonly #checks: CommandChecks;
  readonly #jumps: JumpGuard;
  /** A command that left the ranges of the joints, within them (rad, m). */
  readonly #reachable: Float64Array;
  readonly #candidate: Candidate;
  readonly #target: TargetVelocity;
  readonly #gripper: GripperOutput;
  readonly #verdict = new FilterVerdict();
  readonly #brakes: Readonly<Record<StopMode, PathBrake>>;
  readonly #forecast: StoppingForecast;
  readonly #jacobian: ToolJacobian;
  readonly #cartesian: SpeedStage | undefined;
  readonly #singularity: SpeedStage | undefined;
  readonly #contact: SpeedStage | undefined;
  #distances: DistanceStages | undefined;
  /** Conditions that every stop must keep. */
  #stopConditions: readonly (DistanceStages['stops'][number] | SpeedStage)[] = [];
  #stopCheck: StopCheck;
  readonly #next: MotionState;
  /** `known` once the filter was set to the arm's place. */
  #place: 'known' | 'unknown' = 'unknown';
  /** `command` if the last output was the last command; `behind` until the output has returned to the commands. */
  #output: 'command' | 'behind' = 'command';

  /**
   * @throws {InputError} that names the wrong field of the configuration; {BindError} if the joints differ from those
   * of the kinematics.
   */
  constructor(options: CommandFilterOptions) {
    const { names, model, kinematics, config, period } = options;
    if (!(period > 0)) throw new InputError(`command filter: period is ${period} s, expected more than 0`);
    const n = names.length;
    this.#options = options;
    this.#names = names;
    this.#config = config;
    this.limits = jointLimits(names, model, config.limits, period);
    const viability = new Viability(this.limits, period);
    this.#state = new MotionState(n);
    this.#checks = new CommandChecks(names, config);
    this.#jumps = new JumpGuard(names, config.jump?.position, this.limits, period);
    this.#reachable = new Float64Array(n);
    this.#candidate = new Candidate(this.limits, viability, this.#state, period);
    this.#target = new TargetVelocity(this.limits, period);
    this.#gripper = new GripperOutput(config.gripper, period);
    const brake = (mode: StopMode) => new PathBrake(this.limits, viability, config.stop[mode], period);
    this.#brakes = { hold: brake('hold'), protective: brake('protective'), emergency: brake('emergency') };
    const order = jointOrder(names, kinematics);
    this.#forecast = new StoppingForecast(kinematics, order, period);
    this.#jacobian = new ToolJacobian(kinematics, order);
    const { cartesian, singularity, contact } = config;
    const toolSpeed = (stage: 'cartesian' | 'contact', speed: number) =>
      new SpeedStage(
        stage,
        "share of the tool's speed limit",
        new ToolSpeedCap(this.#jacobian, speed),
        this.#candidate,
        this.#brakes.hold,
      );
    this.#cartesian = cartesian && toolSpeed('cartesian', cartesian.speed);
    this.#contact = contact && toolSpeed('contact', exposedSpeed(contact));
    const slow = singularity && new SingularityCap(this.#jacobian, this.limits, singularity);
    this.#stopCheck = this.#keepDistances([]);
    this.#next = new MotionState(n);
    this.#singularity =
      slow &&
      new SpeedStage('singularity', "share of the joints' speed limit", slow, this.#candidate, this.#brakes.hold);
  }

  /**
   * Keeps this arm's distances to other arms of its model as well, as their filters move them: each as near as its stop may bring it.
   * Let every filter know the others, and run them one after the other in each period. Arms of other models, and arms whose
   * configuration or this arm's has no distances, are passed over.
   */
  keepClearOf(others: readonly CommandFilter[]): void {
    const joints = new Set(this.#options.model.joints.map(({ name }) => name));
    const arms = others.filter((other) => {
      return other.#names.length > 0 && other.#names.every((name) => joints.has(name) && !this.#names.includes(name));
    });
    const neighbours = arms.flatMap((other) => other.#neighbour() ?? []);
    if (neighbours.length > 0) this.#stopCheck = this.#keepDistances(neighbours);
  }

  /** The output (rad, m; order of the names). The array belongs to the filter: do not write to it. */
  get position(): Float64Array {
    return this.#state.position;
  }

  /** Velocity of the last output over its period (rad/s, m/s). Do not write to it. */
  get velocity(): Float64Array {
    return this.#state.velocity;
  }

  /** Acceleration of the last output (rad/s^2, m/s^2). Do not write to it. */
  get acceleration(): Float64Array {
    return this.#state.acceleration;
  }

  /** Distance between the fingers in the last output (m). */
  get gripperWidth(): number {
    return this.#gripper.width;
  }

  /**
   * Starts at rest at the arm's position (rad, m); noise outside the limits is cut. The next command is compared with
   * this position.
   */
  reset(position: Float64Array, gripperWidth: number, _now: number): void {
    const { lower, upper } = this.limits;
    this.#state.rest(position);
    for (let i = 0; i < lower.length; i++) {
      this.#state.position[i] = Math.min(Math.max(position[i], lower[i]), upper[i]);
    }
    this.#gripper.reset(gripperWidth);
    this.#checks.reset();
    this.#jumps.reset();
    this.#target.reset();
    this.#distances?.steering.reset();
    this.#place = 'known';
    this.#output = 'command';
  }

  /**
   * Runs one period: moves the output to the command, or as near to it as the stages allow. It returns the same object
   * each time.
   * @param stamp time at which the command was made (s)
   * @param now present time on the same clock (s)
   */
  filter(command: ArmCommand, stamp: number, now: number): FilterResult {
    const verdict = this.#verdict;
    verdict.clear();
    if (!this.#checks.accept(command, stamp, now, verdict)) return this.#reject();
    const beyond = this.#clip(command.position);
    const position = beyond < 0 ? command.position : this.#reachable;
    if (!this.#jumps.accept(command.position, position, this.#state.position, stamp, verdict)) return this.#reject();
    this.#target.observe(position);
    this.#candidate.begin(position);
    this.#jacobian.invalidate();
    this.#noteBeyond(beyond, command.position);
    this.#limitJoints(position);
    if (!this.#limitMotion(position)) return this.#reject();
    this.#gripper.follow(command.gripperWidth, verdict);
    this.#output = this.#candidate.exact ? 'command' : 'behind';
    if (this.#candidate.exact) this.#jumps.join();
    this.#candidate.commit(position, this.#state);
    return verdict;
  }

  /**
   * Runs one period of a stop along the present path, within the limits of its mode. It brakes harder only if a joint's
   * range ends sooner. It returns `standing` once nothing moves.
   */
  brake(_now: number, mode: StopMode): 'moving' | 'standing' {
    this.#brake(mode);
    return this.#state.standing ? 'standing' : 'moving';
  }

  /** Estimates a stop that begins now. It returns the same object each time. */
  stoppingEstimate(mode: StopMode): StoppingEstimate {
    return this.#forecast.estimate(this.#state, this.#brakes[mode]);
  }

  /**
   * Finds the first joint whose command lies outside of its range, or -1. If there is one, it stores the command within the
   * ranges.
   */
  #clip(command: Float64Array): number {
    if (!this.#config.joints) return -1;
    const { lower, upper } = this.limits;
    let first = -1;
    for (let i = 0; i < lower.length; i++) {
      if (command[i] >= lower[i] && command[i] <= upper[i]) continue;
      if (first < 0) {
        first = i;
        this.#reachable.set(command);
      }
      this.#reachable[i] = command[i] < lower[i] ? lower[i] : upper[i];
    }
    return first;
  }

  #noteBeyond(joint: number, command: Float64Array): void {
    if (joint < 0) return;
    const end = this.#reachable[joint];
    this.#verdict.note('clamp', 'joints', 'position of the command (rad)', this.#names[joint], command[joint], end);
  }

  #limitJoints(command: Float64Array): void {
    const { joints } = this.#config;
    if (!joints) return;
    let joint = this.#candidate.firstInadmissible(command);
    if (joint < 0 && this.#output === 'behind') joint = this.#candidate.firstOvershooting(this.#target.velocity);
    if (joint < 0) return;
    const before = this.#candidate.velocity[joint];
    this.#candidate.approach(command, this.#target.velocity, joints.clamp);
    if (this.#jumps.parted) this.#candidate.limitCatchingUp(this.#target.velocity, CATCH_UP_SHARE);
    const what = 'velocity to the command (rad/s)';
    this.#verdict.note('clamp', 'joints', what, this.#names[joint], before, this.#candidate.velocity[joint]);
  }

  /** Applies every stage after the joint stage, in order; false if the output must be rejected. */
  #limitMotion(command: Float64Array): boolean {
    const candidate = this.#candidate;
    const state = this.#state;
    const verdict = this.#verdict;
    this.#cartesian?.apply(state.position, verdict);
    const unknown = this.#distances?.neighbours.unknown;
    if (unknown) {
      verdict.note('reject', 'distance', 'position of another arm (rad)', unknown.names[0], Number.NaN, 0);
      return false;
    }
    const steering = this.#distances?.steering;
    const steers = steering === undefined || steering.steer(candidate, state, verdict);
    this.#jumps.observe(steering?.steered ? 'held' : 'free');
    if (!steers) return false;
    this.#singularity?.apply(state.position, verdict);
    this.#contact?.apply(state.position, verdict);
    if (this.#stopConditions.length === 0) return true;
    this.#next.copy(state);
    candidate.commit(command, this.#next);
    const broken = this.#stopCheck.firstBroken(this.#next);
    if (broken < 0) return true;
    this.#stopConditions[broken].reject(verdict);
    if (!(this.#stopConditions[broken] instanceof SpeedStage)) this.#jumps.observe('held');
    return false;
  }

  /** This arm as the filters of others see it; undefined if it keeps no distances. */
  #neighbour(): Neighbour | undefined {
    const { distance } = this.#config;
    if (!distance) return undefined;
    const place = () => this.#place;
    return {
      ...{ names: this.#names, distance, state: this.#state, brake: this.#brakes.hold },
      get place() {
        return place();
      },
    };
  }

  /** Makes the stages that keep the arm's distances. @returns the check of stops with them */
  #keepDistances(arms: readonly Neighbour[]): StopCheck {
    const brake = this.#brakes.hold;
    this.#distances = distanceStages({ ...this.#options, brake }, arms);
    this.#stopConditions = [this.#cartesian, ...(this.#distances?.stops ?? []), this.#contact].filter(
      (each) => each !== undefined,
    );
    return new StopCheck(this.#stopConditions, brake);
  }

  #reject(): FilterResult {
    this.#brake('hold');
    return this.#verdict;
  }

  #brake(mode: StopMode): void {
    this.#target.reset();
    this.#output = 'behind';
    this.#brakes[mode].step(this.#state);
  }
}

/** Index in the command of each joint of the kinematics. */
function jointOrder(names: readonly string[], { jointNames }: Kinematics): Int32Array {
  if (names.length !== jointNames.length || !jointNames.every((name) => names.includes(name))) {
    throw new BindError(
      `command filter: joints are ${names.join(', ')}, expected those of the kinematics: ${jointNames.join(', ')}`,
    );
  }
  return Int32Array.from(jointNames, (name) => names.indexOf(name));
}

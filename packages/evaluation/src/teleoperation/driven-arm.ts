import type { ChunkScheduler, Policy } from '@praxis/core';
import { isStop, type RequestResult } from '@praxis/safety';
import {
  Episode,
  type EpisodeOptions,
  type EpisodeTap,
  type ModalityDefinition,
  type RobotChoice,
  setupOf,
  type Task,
  teleoperation,
} from '@praxis/sim';
import {
  type DialogueLimits,
  type Intent,
  type Language,
  loopSnapshot,
  MotionPolicy,
  type SupervisionPhase,
  SwitchedPolicy,
  supervisionPhase,
  VoicePilot,
} from '@praxis/teleop';
import { episodeResultFacts } from '../recording/result-facts.ts';

/** Options of {@link DrivenArm.create}. */
export interface DrivenArmOptions
  extends RobotChoice,
    Pick<EpisodeOptions, 'judges' | 'wordings' | 'mask' | 'instruction' | 'tap'> {
  /** Task whose scene the arm works in. */
  readonly task: Task;
  readonly seed: number;
  /** Sensors beside those of the arm. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
  /** Policy that executes instructions. */
  readonly policy: Policy | 'expert';
  readonly scheduler: ChunkScheduler;
  /** Name of a robot that the policy may drive although it was not trained for it. Default: none. */
  readonly acceptRobot?: string;
  readonly language: Language;
  /** Limits of commanded motions. Default: those of the dialogue, with the width of the robot's gripper. */
  readonly limits?: Partial<DialogueLimits>;
}

/** A simulated arm with a supervisor in the scene of a task, driven by commands in words, in lock step. */
export class DrivenArm {
  readonly episode: Episode;
  readonly pilot: VoicePilot;
  readonly policy: SwitchedPolicy;
  readonly #tap: EpisodeTap | undefined;

  /** @throws {InputError} for a seed out of range; {BindError} when the policy does not fit the robot */
  static async create({ policy: learned, language, limits, ...options }: DrivenArmOptions): Promise<DrivenArm> {
    const { safety, ...cell } = teleoperation(options);
    const { gripper, baseLink: baseFrame } = setupOf(options);
    const own = gripper ? { maximumWidth: gripper.range[1], ...limits } : limits;
    let switched: SwitchedPolicy | undefined;
    const episode = await Episode.create({
      // There is no instruction before the first command.
      instruction: '',
      ...options,
      policy: (expert) => {
        const follower = learned === 'expert' ? expert : learned;
        const motion = new MotionPolicy({ ...cell, baseFrame, limits: own, timing: follower.spec });
        switched = new SwitchedPolicy(follower, motion);
        return switched;
      },
      safety,
      afterStop: 'wait',
      ends: 'closed',
    });
    return new DrivenArm(episode, switched!, language, options.tap);
  }

  private constructor(episode: Episode, policy: SwitchedPolicy, language: Language, tap: EpisodeTap | undefined) {
    this.episode = episode;
    this.#tap = tap;
    this.policy = policy;
    this.pilot = new VoicePilot({
      language,
      policy,
      requestStop: () => episode.request('stop'),
      setInstruction: (text) => episode.setInstruction(text),
      snapshot: () => loopSnapshot(episode.loop, episode.robot.clock.now(), policy.motion.limits.maximumWidth),
    });
  }

  /** Simulated time since the start (s). */
  get time(): number {
    return this.episode.time;
  }

  /** Phase of the supervisor, in the terms of the pilot. */
  get supervisionPhase(): SupervisionPhase {
    return supervisionPhase(this.episode.supervisor!.state, isStop);
  }

  /** Tool pose from the measured joints, in the base frame: position (m) and quaternion x, y, z, w. */
  get pose(): Float64Array {
    return this.episode.loop.derived.endEffector.pose;
  }

  /** Measured distance between the fingers (m). */
  get width(): number {
    return this.episode.loop.derived.endEffector.width;
  }

  /** The facts of the end for a recording: the task's judgement so far, and what the task asks for, which no command may have said. */
  get resultFacts(): Readonly<Record<string, string>> {
    // The cause of a failure would be the hold that ends every drive.
    const { failure: _, ...result } = this.episode.result();
    return { ...episodeResultFacts(result), task_instruction: this.episode.instance.instruction };
  }

  /** Executes a command in words. */
  acceptText(text: string): Intent {
    this.#tap?.operatorInput('text', text);
    return this.pilot.acceptText(text, this.time);
  }

  /** Advances the simulation by one control period. */
  async step(): Promise<void> {
    this.pilot.tick(this.time, this.supervisionPhase, this.episode.supervisor?.stopCause?.message);
    // A verdict is about an instruction, not about motions by hand.
    this.episode.setDriver(this.policy.driver === 'learned' ? 'policy' : 'operator');
    await this.episode.step();
  }

  /** Resets the supervisor after a stop and starts the arm, as an operator does after a check. It returns the reason of a refusal. */
  resetAndStart(): RequestResult {
    return this.episode.request('resetAndStart');
  }

  async close(): Promise<void> {
    this.pilot.close();
    await this.episode.close();
  }
}

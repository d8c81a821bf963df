import type { ChunkScheduler, Policy } from '@praxis/core';
import { isStop } from '@praxis/safety';
import { Episode, type Task, teleoperation } from '@praxis/sim';
import {
  type DialogueLimits,
  type Intent,
  type Language,
  loopSnapshot,
  MotionPolicy,
  type SupervisionPhase,
  SwitchedPolicy,
  VoicePilot,
} from '@praxis/teleop';

export interface DrivenArmOptions {
  readonly task: string | Task;
  readonly seed: number;
  /** The arm's URDF, as text. */
  readonly urdf: string;
  /** What follows instructions. */
  readonly policy: Policy | 'expert';
  readonly scheduler: ChunkScheduler;
  readonly language: Language;
  readonly limits?: Partial<DialogueLimits>;
}

/** The simulated, supervised arm in the scene of a task, driven by words in lock step until it is closed. */
export class DrivenArm {
  readonly episode: Episode;
  readonly pilot: VoicePilot;
  readonly policy: SwitchedPolicy;

  /** @throws {InputError} for an unknown task or a seed out of range; {BindError} when the policy does not fit the robot. */
  static async create({ policy: learned, language, limits, ...options }: DrivenArmOptions): Promise<DrivenArm> {
    const { safety, ...cell } = teleoperation(options.urdf);
    let switched: SwitchedPolicy | undefined;
    const episode = await Episode.create({
      ...options,
      policy: (expert) => {
        const follower = learned === 'expert' ? expert : learned;
        switched = new SwitchedPolicy(follower, new MotionPolicy({ ...cell, limits, timing: follower.spec }));
        return switched;
      },
      // Nobody has told it anything yet.
      instruction: '',
      safety,
      afterStop: 'wait',
      ends: 'closed',
    });
    return new DrivenArm(episode, switched!, language);
  }

  private constructor(episode: Episode, policy: SwitchedPolicy, language: Language) {
    this.episode = episode;
    this.policy = policy;
    this.pilot = new VoicePilot({
      language,
      policy,
      requestStop: () => episode.request('stop'),
      setInstruction: (text) => episode.setInstruction(text),
      snapshot: () => loopSnapshot(episode.loop, episode.robot.clock.now()),
    });
  }

  /** Simulated seconds since the start. */
  get time(): number {
    return this.episode.time;
  }

  get supervisorStatus(): SupervisionPhase {
    const state = this.episode.supervisor!.state;
    if (state === 'running') return 'running';
    return isStop(state) ? 'stopped' : 'waiting';
  }

  /** Tool pose that the joints are measured to have, base frame. */
  get pose(): Float64Array {
    return this.episode.loop.derived.endEffector.pose;
  }

  /** Measured distance between the fingers (m). */
  get width(): number {
    return this.episode.loop.derived.endEffector.width;
  }

  acceptText(text: string): Intent {
    return this.pilot.acceptText(text, this.time);
  }

  /** One control period. */
  async step(): Promise<void> {
    this.pilot.tick(this.time, this.supervisorStatus, this.episode.supervisor!.log.at(-1)?.message);
    await this.episode.step();
  }

  /** A person looks, and starts the arm again after a stop. */
  resetAndStart(): void {
    this.episode.request('resetAndStart');
  }

  async close(): Promise<void> {
    this.pilot.close();
    await this.episode.close();
  }
}

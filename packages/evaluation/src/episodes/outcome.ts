import type { Reading } from '@praxis/planner';
import type { SchedulerName } from '@praxis/policy';
import type { EpisodeResult, Perturbations, TouchTiming } from '@praxis/sim';
import type { BridgeAccess } from '../bridge/open-bridge.ts';
import type { RecordTarget } from '../recording/record-target.ts';
import type { RunFacts } from '../recording/start-facts.ts';
import type { GateCourse } from './gate-recorder.ts';
import type { ContextKind, PlannedOutcome } from './planned-outcome.ts';

/** One episode to run. */
export interface EpisodeJob {
  readonly task: string;
  readonly seed: number;
  /** Name of the fault to inject. Default: none. */
  readonly fault?: string;
  /** Instruction for the policy. The goal stays that of the task. Default: the instruction of the task. */
  readonly instruction?: string;
}

/** Result of one episode in an evaluation. */
export interface EpisodeOutcome extends Omit<EpisodeResult, 'wallS'> {
  /** Result of the same impact without a supervisor; present only for impacts. */
  readonly unsupervised?: { readonly peakForceN: number };
  /** Result of the same seed with another object named; present only in a swap test, after a success. */
  readonly swapped?: { readonly instruction: string; readonly followed: boolean };
  /** Mean gates over the episode; present only when they were asked for and the policy has gates. */
  readonly gates?: GateCourse;
  /** What the plan did; present only with a planner. */
  readonly planned?: PlannedOutcome;
  /** What the last instruction was read as, with a swap test that of the repetition; present only where instructions are read before the policy gets them. */
  readonly reading?: Reading;
}

/** Options that all workers of an evaluation share. */
export interface EvaluationSetup {
  /** The policy, as `policySource` resolves it; undefined selects the shipped policy. */
  readonly policy: string | undefined;
  /** File of `--policy-spec`, for the address of a server. Default: none. */
  readonly policySpec?: string;
  /** Folder of the robot; undefined selects the Praxis arm. */
  readonly robot?: string;
  /** Name of the arm that does the tasks, of a robot with several. Default: the first. */
  readonly arm?: string;
  /** Configuration file; undefined without one. */
  readonly config: string | undefined;
  /** Names of the tasks of all episodes. */
  readonly tasks: readonly string[];
  /** Masked modalities or inputs: the policy does not receive them. */
  readonly mask: readonly string[];
  /** Name of a robot that the policy may drive although it was not trained for it. Default: none. */
  readonly acceptRobot?: string;
  /** What differs from the cell that policies are trained in. Default: nothing. */
  readonly perturbations?: Perturbations;
  /** Of which moment the readings of the wrist sensors are. Default: that of their stamps. */
  readonly touch?: TouchTiming;
  /** Seconds that each inference takes longer. Default: 0. */
  readonly addedInferenceDelay?: number;
  /** Scheduler of the policy's chunks. Default: receding horizon. */
  readonly scheduler?: SchedulerName;
  /** True repeats each successful episode with another object named. */
  readonly swap: boolean;
  /** True: the instructions ask for things that are not in the scene. Default: false. */
  readonly absent?: boolean;
  /** True: each instruction is read before the policy gets it, see `InstructionReader`. Default: false. */
  readonly readInstructions?: boolean;
  /** `kept` adds the mean gates to each outcome. Default: left out. */
  readonly gates?: 'kept' | 'left out';
  /** `on` filters the commands to the arm with a safety supervisor; `off` sends them to the arm unfiltered. */
  readonly safety: 'on' | 'off';
  /** Planner, by its name in the configuration, and what it sees. Default: none; the policy follows the instruction. */
  readonly planner?: { readonly name: string; readonly context: ContextKind };
  /** Where every episode is recorded, and what the recordings say of policy and robot. Default: nothing is recorded. */
  readonly record?: { readonly target: RecordTarget; readonly run: RunFacts };
  /** Bridge that the worker opens for clients to look in. Default: none. */
  readonly bridge?: BridgeAccess;
  /** Number of episodes of all workers together; it determines how long the warm-up is. */
  readonly episodes: number;
}

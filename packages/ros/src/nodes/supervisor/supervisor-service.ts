import type { ServiceContract, Stamped, StreamValue } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import type { RequestResult, SafetyEvent, SafetyState } from '@praxis/safety';
import type { GroupSetup } from './group-setup.ts';
import type { SharedChannels } from './shared-channels.ts';

/** What the thread of the supervisor needs to start. It can be posted. */
export interface SupervisorSetup {
  readonly model: RobotModel;
  readonly groups: readonly GroupSetup[];
  /** Starts the robot once, as soon as a policy sends heartbeats. */
  readonly autoStart: boolean;
  /** Names of the topics of the targets, for reports. */
  readonly outputName: string;
  readonly channels: SharedChannels;
}

/** A sample of a stream that does not pass through the shared memory. */
export interface PostedSample {
  readonly stream: string;
  readonly sample: Stamped<StreamValue>;
}

/** An event of one supervisor and what follows from it for the robot. */
export interface PostedEvent {
  readonly event: SafetyEvent;
  /** State of all supervisors after the event: that of the one that allows least. */
  readonly state: SafetyState;
  /** First cause of the stop in force; undefined without a stop. */
  readonly stopCause: SafetyEvent | undefined;
}

/** Service of the thread of the supervisor. Samples of numbers, commands and targets pass through {@link SharedChannels}. */
export interface SupervisorService extends ServiceContract {
  readonly methods: {
    start(): RequestResult;
    reset(): RequestResult;
    hold(why: string): RequestResult;
    protectiveStop(why: string): RequestResult;
    emergencyStop(why: string): RequestResult;
    tare(): void;
    acceptSample(posted: PostedSample): void;
    /** See `Supervisor.needStreams`. */
    needStreams(streams: readonly string[] | 'all'): void;
    /** Stops the robot under control. It returns after the brakes have closed. */
    shutDown(): void;
  };
  /** Number of the thread in the operating system; 0 where it has none. */
  readonly info: { readonly threadId: number };
  readonly events: {
    safety: PostedEvent;
    /** The brakes of a group close (false) or open (true). */
    power: { readonly group: string; readonly power: boolean };
    /** The number of the newest target that waits in the shared memory. */
    target: number;
    /** An error of the program, for the log. */
    error: string;
  };
}

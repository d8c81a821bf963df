import type { ServiceContract, Stamped, StreamValue } from '@praxis/core';
import type { RequestResult, SafetyConfig, SafetyEvent } from '@praxis/safety';
import type { RobotDescription } from '../../robot/description.ts';
import type { SharedChannels } from './shared-channels.ts';

/** What the thread of the supervisor needs to start. It can be posted. */
export interface SupervisorSetup {
  readonly description: RobotDescription;
  readonly config: SafetyConfig;
  /** True: the watchdog monitors the cameras as well. */
  readonly cameras: boolean;
  /** Starts the arm once, as soon as a policy sends heartbeats. */
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
    /** Stops the arm under control. It returns after the brakes have closed. */
    shutDown(): void;
  };
  /** Number of the thread in the operating system; 0 where it has none. */
  readonly info: { readonly threadId: number };
  readonly events: {
    safety: SafetyEvent;
    /** The brakes close (false) or open (true). */
    power: boolean;
    /** The number of a target that waits in the shared memory. */
    target: number;
    /** An error of the program, for the log. */
    error: string;
  };
}

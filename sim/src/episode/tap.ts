import type { ControlLoop, Robot } from '@praxis/core';
import type { OperatorRequest, RequestResult, SupervisorView } from '@praxis/safety';
import type { RobotSetup } from '../robot/setup.ts';

/** The parts of an episode that a tap listens to. */
export interface TappedEpisode {
  /** The robot that the loop is bound to, with the streams that the loop gets. */
  readonly robot: Robot;
  readonly loop: ControlLoop;
  /** Undefined in an episode without a supervisor. */
  readonly supervisor: SupervisorView | undefined;
  /** The robot's description. */
  readonly setup: RobotSetup;
  /** Simulated seconds of one inference. */
  readonly inferenceDelay: number;
  /** Largest age of a chunk in the loop (s). */
  readonly maximumChunkAge: number;
  /** Control period (s). */
  readonly period: number;
  /** Who moves the robot now: a policy, or a person. */
  readonly driver: 'policy' | 'operator';
  /** Passes a request to the supervisor, for a tap through which a person acts. */
  request(request: OperatorRequest): RequestResult;
  /** Publishes a new instruction, about which the verdict then is. */
  setInstruction(text: string): void;
}

/** Listens to an episode, for a recorder; what it is told changes nothing. */
export interface EpisodeTap {
  /** Wraps the simulated robot, which gets the commands that the supervisor lets through. */
  wrapRobot(robot: Robot): Robot;
  /** Wraps the robot that the loop is bound to, which gets the commands of the loop. */
  wrapLoopRobot(robot: Robot): Robot;
  /** Gets the parts of the episode before its loop starts. */
  begin(episode: TappedEpisode): void;
  /**
   * Runs at the end of each control period; the episode waits for the promise.
   * @param loopTicked false while a fault blocks the loop's thread
   */
  endPeriod(loopTicked: boolean): Promise<void> | undefined;
  /** Gets a request of an operator to the supervisor, who drives the arm from now on, or a command in words. */
  operatorInput(kind: 'request' | 'driver' | 'text', text: string): void;
}

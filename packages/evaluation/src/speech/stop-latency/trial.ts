import { isStop } from '@praxis/safety';
import { MotionGroundTruth } from '@praxis/sim';
import type { DrivenArm } from '../../teleoperation/driven-arm.ts';
import { PAUSE_S } from '../sound.ts';
import type { StopTrial } from './draw-trials.ts';
import type { SimulatedMicrophone, TimedStopEvent } from './microphone.ts';

/** The arm is let go within this time (s). */
const START_TIME_S = 0.3;
/** After a stop the arm is looked at for so long (s). */
const OBSERVATION_TIME_S = 1;

/** What came of a stop word. Times in s of the simulation, the computing of what found it included. */
export type StopTrialResult =
  | { readonly kind: 'stopped'; readonly by: TimedStopEvent['by']; readonly times: StopTimes }
  /** Neither path heard it. */
  | { readonly kind: 'missed' }
  /** A stop was heard before anybody spoke. */
  | { readonly kind: 'false stop' }
  /** The arm had come to rest by itself. */
  | { readonly kind: 'at rest before' }
  /** The stop was heard, and the arm moves still. */
  | { readonly kind: 'not at rest' };

export interface StopTimes {
  /** From the word's end until the supervisor was asked: below 0 when the word was known before it was over. */
  readonly heard: number;
  /** From there until the last joint stood, by physics' own account. */
  readonly rest: number;
  /** Way of the tool from the word's end until it stood (m). */
  readonly distance: number;
  /** CPU time of what found the word, part of `heard`. */
  readonly compute: number;
}

type TrialMicrophone = Pick<SimulatedMicrophone, 'isFinished' | 'playUntil' | 'flush'>;

/** Lets a fresh arm move, plays the sound and does what is heard. */
export async function runStopTrial(
  arm: DrivenArm,
  trial: Pick<StopTrial, 'mover' | 'direction' | 'end' | 'moving'>,
  microphone: TrialMicrophone,
): Promise<StopTrialResult> {
  const truth = new MotionGroundTruth(arm.episode.world);
  const step = async (): Promise<void> => {
    await arm.step();
    truth.measure();
  };
  const begin = START_TIME_S + Math.max(0, trial.moving - trial.end);
  const [commandTime, wordEnd] = [begin + trial.end - trial.moving, begin + trial.end];
  while (arm.time < commandTime) await step();
  startMotion(arm, trial);
  truth.start();
  const motionStart = arm.time;

  let stop: TimedStopEvent | undefined;
  let before = 0;
  while (!stop && !microphone.isFinished) {
    await step();
    if (arm.time <= wordEnd) before = truth.distance;
    stop = await microphone.playUntil(arm.time - begin);
  }
  stop ??= await microphone.flush();
  if (!stop) return { kind: 'missed' };
  if (stop.end < PAUSE_S) return { kind: 'false stop' };
  // What is heard in the end is not known before it was computed.
  while (arm.time < begin + stop.at) {
    await step();
    if (arm.time <= wordEnd) before = truth.distance;
  }
  if (truth.standing) return { kind: 'at rest before' };
  const asked = arm.time;
  arm.pilot.acceptIntent({ kind: 'stop', word: stop.word }, arm.time);
  while (arm.time < asked + OBSERVATION_TIME_S) await step();
  if (!truth.standing || !isStop(arm.episode.supervisor!.state)) return { kind: 'not at rest' };
  const rest = motionStart + truth.timeToStop - asked;
  const times = { heard: asked - wordEnd, rest, distance: truth.distance - before, compute: stop.compute };
  return { kind: 'stopped', by: stop.by, times };
}

function startMotion(
  { pilot, episode, time }: DrivenArm,
  { mover, direction }: Pick<StopTrial, 'mover' | 'direction'>,
): void {
  if (mover === 'policy') {
    pilot.acceptText(episode.instance.instruction, time);
    return;
  }
  pilot.acceptText('full speed', time);
  pilot.acceptText(`keep going ${direction}`, time);
}

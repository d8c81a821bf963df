import { isStop } from '@praxis/safety';
import { MotionGroundTruth } from '@praxis/sim';
import type { DrivenArm } from '../../teleoperation/driven-arm.ts';
import { PADDING_S } from '../sound.ts';
import type { StopTrial } from './draw-trials.ts';
import type { SimulatedMicrophone, TimedStopEvent } from './microphone.ts';

/** Time within which the supervisor releases the arm (s). */
const START_TIME_S = 0.3;
/** Time for which the arm is observed after a stop request (s). */
const OBSERVATION_TIME_S = 1;

/** Result of a stop word. Times are simulated and include the CPU time of the detection (s). */
export type StopTrialResult =
  | { readonly kind: 'stopped'; readonly by: TimedStopEvent['by']; readonly times: StopTimes }
  /** Neither path detected the word. */
  | { readonly kind: 'missed' }
  /** A stop was detected before the word. */
  | { readonly kind: 'false stop' }
  /** The arm came to rest by itself before the detection. */
  | { readonly kind: 'at rest before' }
  /** The arm still moves at the end of the observation. */
  | { readonly kind: 'not at rest' };

/** Times and travel of a stop. */
export interface StopTimes {
  /** Time from the end of the word to the stop request (s). Below 0 when the word is detected before its end. */
  readonly detectionDelay: number;
  /** Time from the stop request until the last joint stands, by ground truth of the physics (s). */
  readonly rest: number;
  /** Travel of the tool from the end of the word to rest (m). */
  readonly distance: number;
  /** CPU time of the detection (s), which `detectionDelay` includes. */
  readonly compute: number;
}

type TrialMicrophone = Pick<SimulatedMicrophone, 'isFinished' | 'playUntil' | 'flush'>;

/** Starts the motion of a new arm, plays the sound and requests the detected stop. */
export async function runStopTrial(
  arm: DrivenArm,
  trial: Pick<StopTrial, 'mover' | 'direction' | 'end' | 'moving'>,
  microphone: TrialMicrophone,
): Promise<StopTrialResult> {
  const truth = new MotionGroundTruth(arm.episode.world, arm.episode.robot.setup);
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
  if (stop.end < PADDING_S) return { kind: 'false stop' };
  // The stop request waits for the CPU time of the detection.
  while (arm.time < begin + stop.at) {
    await step();
    if (arm.time <= wordEnd) before = truth.distance;
  }
  if (truth.standing) return { kind: 'at rest before' };
  const requestTime = arm.time;
  arm.pilot.acceptIntent({ kind: 'stop', word: stop.word }, arm.time);
  while (arm.time < requestTime + OBSERVATION_TIME_S) await step();
  if (!truth.standing || !isStop(arm.episode.supervisor!.state)) return { kind: 'not at rest' };
  const rest = motionStart + truth.timeToStop - requestTime;
  const times = {
    detectionDelay: requestTime - wordEnd,
    rest,
    distance: truth.distance - before,
    compute: stop.compute,
  };
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

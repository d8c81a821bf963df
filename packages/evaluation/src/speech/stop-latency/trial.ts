import { isStop } from '@praxis/safety';
import { MotionTruth } from '@praxis/sim';
import type { DrivenArm } from '../../teleoperation/driven-arm.ts';
import { PAUSE } from '../sound.ts';
import type { Trial } from './draw.ts';
import type { HeardStop, SimulatedMicrophone } from './microphone.ts';

/** The arm is let go within this time (s). */
const STARTED = 0.3;
/** After a stop the arm is looked at for so long (s). */
const LOOKED_AT = 1;

/** What came of a stop word. Times in s of the simulation, the computing of what found it included. */
export type StopResult =
  | { readonly kind: 'stopped'; readonly by: HeardStop['by']; readonly times: StopTimes }
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

type Microphone = Pick<SimulatedMicrophone, 'over' | 'listenUntil' | 'end'>;

/** Lets a fresh arm move, plays the sound and does what is heard. */
export async function stopTrial(
  arm: DrivenArm,
  trial: Pick<Trial, 'mover' | 'way' | 'end' | 'moving'>,
  microphone: Microphone,
): Promise<StopResult> {
  const truth = new MotionTruth(arm.episode.world);
  const step = async (): Promise<void> => {
    await arm.step();
    truth.update();
  };
  const begin = STARTED + Math.max(0, trial.moving - trial.end);
  const [told, wordEnd] = [begin + trial.end - trial.moving, begin + trial.end];
  while (arm.time < told) await step();
  tell(arm, trial);
  truth.begin();
  const since = arm.time;

  let heard: HeardStop | undefined;
  let before = 0;
  while (!heard && !microphone.over) {
    await step();
    if (arm.time <= wordEnd) before = truth.distance;
    heard = await microphone.listenUntil(arm.time - begin);
  }
  heard ??= await microphone.end();
  if (!heard) return { kind: 'missed' };
  if (heard.end < PAUSE) return { kind: 'false stop' };
  // What is heard in the end is not known before it was computed.
  while (arm.time < begin + heard.at) {
    await step();
    if (arm.time <= wordEnd) before = truth.distance;
  }
  if (truth.standing) return { kind: 'at rest before' };
  const asked = arm.time;
  arm.pilot.take({ kind: 'stop', word: heard.word }, arm.time);
  while (arm.time < asked + LOOKED_AT) await step();
  if (!truth.standing || !isStop(arm.episode.supervisor!.state)) return { kind: 'not at rest' };
  const rest = since + truth.timeToStop - asked;
  const times = { heard: asked - wordEnd, rest, distance: truth.distance - before, compute: heard.compute };
  return { kind: 'stopped', by: heard.by, times };
}

function tell({ pilot, episode, time }: DrivenArm, { mover, way }: Pick<Trial, 'mover' | 'way'>): void {
  if (mover === 'policy') {
    pilot.hear(episode.instance.instruction, time);
    return;
  }
  pilot.hear('full speed', time);
  pilot.hear(`keep going ${way}`, time);
}

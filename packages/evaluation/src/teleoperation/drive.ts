import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '@praxis/core';
import { WallClockPacer } from '../episodes/wall-clock-pacer.ts';
import { judgementWords, type OperatorJudgement } from '../recording/operator-judgement.ts';
import type { CommandSource } from './command-source.ts';
import type { DrivenArm } from './driven-arm.ts';
import { type OperatorLine, operatorLine } from './operator-line.ts';
import { openTranscript, type WriteLine } from './transcript.ts';

/** Time within which the motion of a command begins (s). Before that the end of its motion cannot be detected. */
const COMMAND_START_S = 0.3;
/** Time after which an instruction that the policy has not completed counts as done (s). */
const INSTRUCTION_TIMEOUT_S = 20;
/** Simulated time after a hold in which the arm comes to rest (s). */
const HOLD_DURATION_S = 1;
/** Period of polling for commands while simulated time stands still (ms). */
const POLL_PERIOD_MS = 5;

/** Does requests of several steps, which the command language does not read. */
export interface RequestPlanner {
  /** True for a sentence that it plans; any other one is a command. */
  takes(line: string): boolean;
  /** Plans a request and executes it to its end. @param onProgress gets what happens, in words and as data */
  execute(
    line: string,
    onProgress: (text: string | undefined, event: object) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** The recording of a drive. */
export interface DriveRecording {
  /** Saves what it keeps in memory, when the line `/save` asks for it. */
  save(): Promise<unknown>;
  /** Takes what a person says of the episode, by the lines `/success`, `/failure` and `/note`. */
  judge(judgement: OperatorJudgement): void;
}

/** Options of {@link driveArm}. */
export interface DriveOptions {
  readonly arm: DrivenArm;
  readonly commands: CommandSource;
  /**
   * `turns`: each command waits until the previous one is done, and simulated time runs as fast as the machine allows. `realtime`:
   * simulated time follows the wall clock, and each command takes effect when it arrives.
   */
  readonly pace: 'turns' | 'realtime';
  /** Ends the drive early: the arm holds. */
  readonly signal: AbortSignal;
  /** Default: nothing is recorded. */
  readonly recording?: DriveRecording;
  /** Default: none; every sentence is a command. */
  readonly planner?: RequestPlanner;
  readonly transcript: { readonly form: 'words' | 'json'; readonly write: WriteLine };
}

/**
 * Drives an arm by commands in words until the source ends, completes the last command, then holds the arm. The typed command
 * `/reset` restarts the arm after a stop, and `/success`, `/failure` and `/note` judge what is recorded; no spoken word does.
 */
export async function driveArm({
  arm,
  commands,
  pace,
  signal,
  recording,
  planner,
  transcript,
}: DriveOptions): Promise<void> {
  const written = openTranscript(arm, transcript.form, transcript.write);
  const say = (text: string): void => written.writePilotEvent({ kind: 'say', text });
  const obey = async (line: OperatorLine): Promise<'commanded' | 'noted'> => {
    if (line.kind === 'reset') {
      const result = arm.resetAndStart();
      if (!result.ok) say(`not started: ${result.reason}`);
      return 'commanded';
    }
    if (!recording) say('nothing is recorded: start with --record');
    else if (line.kind === 'save') await recording.save();
    else {
      recording.judge(line.judgement);
      say(`noted: ${judgementWords(line.judgement) || 'no note'}`);
    }
    return 'noted';
  };
  await executeCommands(arm, commands, pace, signal, async (line) => {
    written.writeCommand(line);
    const typed = readLine(line, say);
    if (typed === 'refused') return 'noted';
    if (typed) return obey(typed);
    if (planner?.takes(line)) await planner.execute(line, (text, event) => written.writePlanEvent(text, event), signal);
    else arm.acceptText(line);
    return 'commanded';
  });
  arm.episode.request('hold');
  for (const end = arm.time + HOLD_DURATION_S; arm.time < end; ) await arm.step();
  written.finish();
}

/** Reads a typed line; one with a bad note is refused in words. */
function readLine(line: string, say: (text: string) => void): OperatorLine | 'refused' | undefined {
  try {
    return operatorLine(line);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    say(`not noted: ${error.message}`);
    return 'refused';
  }
}

async function executeCommands(
  arm: DrivenArm,
  commands: CommandSource,
  pace: DriveOptions['pace'],
  signal: AbortSignal,
  execute: (line: string) => Promise<'commanded' | 'noted'>,
): Promise<void> {
  const pacer = new WallClockPacer();
  let since = arm.time;
  while (!signal.aborted) {
    if (pace === 'realtime' || isDone(arm, since)) {
      const line = commands.next();
      if (line !== undefined) {
        // A note does not concern the motion: what the command before it began is awaited no longer.
        if ((await execute(line)) === 'commanded') since = arm.time;
      } else if (commands.ended && isDone(arm, since)) return;
      // Simulated time stands still between commands.
      else if (pace === 'turns') {
        await sleep(POLL_PERIOD_MS);
        continue;
      }
    }
    await arm.step();
    if (pace === 'realtime') await pacer.waitUntil(arm.time);
  }
}

/** Returns true when the arm has completed the command that it received at a simulated time (s). */
function isDone({ time, policy, episode }: DrivenArm, since: number): boolean {
  const elapsedS = time - since;
  if (elapsedS < COMMAND_START_S) return false;
  if (policy.driver === 'learned') return episode.verdict !== 'running' || elapsedS > INSTRUCTION_TIMEOUT_S;
  return policy.motion.goal === undefined;
}

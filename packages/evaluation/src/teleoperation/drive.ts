import { setTimeout as sleep } from 'node:timers/promises';
import { WallClockPacer } from '../episodes/wall-clock-pacer.ts';
import type { CommandSource } from './command-source.ts';
import type { DrivenArm } from './driven-arm.ts';
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
  /** Saves what a recording keeps in memory, when the line `/save` asks for it. Default: the line is a command in words. */
  readonly save?: () => Promise<unknown>;
  /** Default: none; every sentence is a command. */
  readonly planner?: RequestPlanner;
  readonly transcript: { readonly form: 'words' | 'json'; readonly write: WriteLine };
}

/**
 * Drives an arm by commands in words until the source ends, completes the last command, then holds the arm. The typed command
 * `/reset` restarts the arm after a stop; no spoken word does.
 */
export async function driveArm({
  arm,
  commands,
  pace,
  signal,
  save,
  planner,
  transcript,
}: DriveOptions): Promise<void> {
  const written = openTranscript(arm, transcript.form, transcript.write);
  await executeCommands(arm, commands, pace, signal, async (line) => {
    written.writeCommand(line);
    if (line === '/save' && save) {
      await save();
      return;
    }
    if (planner?.takes(line)) {
      await planner.execute(line, (text, event) => written.writePlanEvent(text, event), signal);
      return;
    }
    if (line !== '/reset') {
      arm.acceptText(line);
      return;
    }
    const result = arm.resetAndStart();
    if (!result.ok) written.writePilotEvent({ kind: 'say', text: `not started: ${result.reason}` });
  });
  arm.episode.request('hold');
  for (const end = arm.time + HOLD_DURATION_S; arm.time < end; ) await arm.step();
  written.finish();
}

async function executeCommands(
  arm: DrivenArm,
  commands: CommandSource,
  pace: DriveOptions['pace'],
  signal: AbortSignal,
  execute: (line: string) => Promise<void>,
): Promise<void> {
  const pacer = new WallClockPacer();
  let since = arm.time;
  while (!signal.aborted) {
    if (pace === 'realtime' || isDone(arm, since)) {
      const line = commands.next();
      if (line !== undefined) {
        await execute(line);
        since = arm.time;
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

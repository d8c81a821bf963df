import { setTimeout as sleep } from 'node:timers/promises';
import { RealtimePacer } from '../episodes/realtime.ts';
import type { CommandSource } from './command-source.ts';
import type { DrivenArm } from './driven-arm.ts';
import { transcribeDrive, type WriteLine } from './transcript.ts';

/** A command is heard, and the motion that it asks for begins, within this time (s). */
const HEARD_S = 0.3;
/** A policy that has not done what it was told after this time (s) is not waited for. */
const INSTRUCTION_TIMEOUT_S = 20;
/** An arm that is told to hold stands after this time (s). */
const HOLDING_S = 1;
/** How often new commands are looked for while simulated time stands still (ms). */
const POLL_MS = 5;

export interface DriveOptions {
  readonly arm: DrivenArm;
  readonly commands: CommandSource;
  /** `turns`: a command is taken when the one before is done with, as fast as the machine can. `realtime`: as it comes. */
  readonly pace: 'turns' | 'realtime';
  /** Holds the arm and ends. */
  readonly signal: AbortSignal;
  readonly transcript: { readonly form: 'words' | 'json'; readonly write: WriteLine };
}

/**
 * Drives an arm by commands in words until they end, lets the last one finish, then holds the arm. The command `/reset` starts the arm
 * again after a stop; no spoken word does.
 */
export async function driveArm({ arm, commands, pace, signal, transcript }: DriveOptions): Promise<void> {
  const written = transcribeDrive(arm, transcript.form, transcript.write);
  await takeCommands(arm, commands, pace, signal, (line) => {
    written.line(line);
    if (line === '/reset') arm.resetAndStart();
    else arm.acceptText(line);
  });
  arm.episode.request('hold');
  for (const end = arm.time + HOLDING_S; arm.time < end; ) await arm.step();
  written.end();
}

async function takeCommands(
  arm: DrivenArm,
  commands: CommandSource,
  pace: DriveOptions['pace'],
  signal: AbortSignal,
  execute: (line: string) => void,
): Promise<void> {
  const pacer = new RealtimePacer();
  let since = arm.time;
  while (!signal.aborted) {
    if (pace === 'realtime' || isDone(arm, since)) {
      const line = commands.next();
      if (line !== undefined) {
        execute(line);
        since = arm.time;
      } else if (commands.ended && isDone(arm, since)) return;
      // Simulated time does not run on between commands.
      else if (pace === 'turns') {
        await sleep(POLL_MS);
        continue;
      }
    }
    await arm.step();
    if (pace === 'realtime') await pacer.keep(arm.time);
  }
}

/** Whether the arm is done with the command that it was given at a time (s). */
function isDone({ time, policy, episode }: DrivenArm, since: number): boolean {
  const taken = time - since;
  if (taken < HEARD_S) return false;
  if (policy.driver === 'learned') return episode.verdict !== 'running' || taken > INSTRUCTION_TIMEOUT_S;
  return policy.motion.goal === undefined;
}

import type { SafetyEvent } from '@praxis/safety';
import type { PilotEvent } from '@praxis/teleop';
import type { DrivenArm } from './driven-arm.ts';

/** Receives a line of a transcript. */
export type WriteLine = (line: string) => void;

/** Writes the events of a driven arm, one per line. */
abstract class Transcript {
  protected readonly arm: DrivenArm;
  protected readonly write: WriteLine;

  constructor(arm: DrivenArm, write: WriteLine) {
    this.arm = arm;
    this.write = write;
  }

  /** Writes a command that the arm executes. */
  abstract writeCommand(text: string): void;
  /** Writes an answer or question of the pilot, or the result of a motion. */
  abstract writePilotEvent(event: PilotEvent): void;
  /** Writes an event of the execution of a plan. @param text in words; undefined for one that says nothing new */
  abstract writePlanEvent(text: string | undefined, event: object): void;
  /** Writes a change of the supervisor's state. */
  abstract writeSafetyEvent(event: SafetyEvent): void;
  /** Writes the state at the end of the drive. */
  abstract finish(): void;
}

/** Starts to write the events of an arm as they occur: as text, or as one JSON object per line. */
export function openTranscript(arm: DrivenArm, form: 'words' | 'json', write: WriteLine): Transcript {
  const transcript = form === 'json' ? new JsonTranscript(arm, write) : new WordTranscript(arm, write);
  arm.pilot.events$.subscribe((event) => transcript.writePilotEvent(event));
  arm.episode.supervisor!.events$.subscribe((event) => transcript.writeSafetyEvent(event));
  return transcript;
}

/** Formats a length with millimetre resolution. */
const formatMetres = (value: number): string => value.toFixed(3);

class WordTranscript extends Transcript {
  writeCommand(text: string): void {
    this.#writeTimed(`> ${text}`);
  }

  writePilotEvent(event: PilotEvent): void {
    if (event.kind === 'say' || event.kind === 'confirm') this.#writeTimed(`"${event.text}"`);
    else if (event.kind === 'result') this.#writeTimed(`${event.result.outcome}: tool at ${this.#formatTool()}`);
  }

  writePlanEvent(text: string | undefined): void {
    if (text !== undefined) this.#writeTimed(text);
  }

  writeSafetyEvent({ from, to, message }: SafetyEvent): void {
    if (from !== to) this.#writeTimed(`supervisor: ${to}: ${message}`);
  }

  finish(): void {
    const { commands, joints } = this.arm.episode.result().safety!.limitViolations;
    this.#writeTimed(`tool at ${this.#formatTool()}, limits passed ${commands + joints} times`);
  }

  #writeTimed(text: string): void {
    this.write(`${this.arm.time.toFixed(2).padStart(8)} s  ${text}`);
  }

  #formatTool(): string {
    const [x, y, z] = this.arm.pose;
    return `${formatMetres(x)} ${formatMetres(y)} ${formatMetres(z)} m, gripper ${formatMetres(this.arm.width)} m`;
  }
}

class JsonTranscript extends Transcript {
  writeCommand(text: string): void {
    this.#writeRecord({ line: text });
  }

  writePilotEvent(event: PilotEvent): void {
    if (event.kind === 'result') this.#writeRecord({ result: event.result });
    else this.#writeRecord({ effect: event });
  }

  writePlanEvent(_text: string | undefined, plan: object): void {
    this.#writeRecord({ plan });
  }

  writeSafetyEvent(supervisor: SafetyEvent): void {
    this.#writeRecord({ supervisor });
  }

  finish(): void {
    const { state, limitViolations: violations } = this.arm.episode.result().safety!;
    this.#writeRecord({ end: { state, limit_violations: violations.commands + violations.joints } });
  }

  #writeRecord(record: object): void {
    const { time, pose, width } = this.arm;
    // The position is unknown before the first measurement.
    const tool = Number.isFinite(width) ? { tool: { pose: [...pose], gripper_width: width } } : {};
    this.write(JSON.stringify({ time, ...record, ...tool }));
  }
}

import type { SafetyEvent } from '@praxis/safety';
import type { PilotEvent } from '@praxis/teleop';
import type { DrivenArm } from './driven-arm.ts';

/** Receives a line of a transcript. */
export type WriteLine = (line: string) => void;

/** What happens to a driven arm, line by line. */
interface Transcript {
  /** A command was taken. */
  line(text: string): void;
  /** The pilot says something, asks back, or is done with a motion. */
  event(event: PilotEvent): void;
  /** The supervisor changed its state. */
  guard(event: SafetyEvent): void;
  end(): void;
}

/** Writes what happens to an arm, as it happens: for people, or one JSON object a line. */
export function transcribeDrive(arm: DrivenArm, form: 'words' | 'json', write: WriteLine): Transcript {
  const transcript = form === 'json' ? new JsonTranscript(arm, write) : new WordTranscript(arm, write);
  arm.pilot.events$.subscribe((event) => transcript.event(event));
  arm.episode.supervisor!.events$.subscribe((event) => transcript.guard(event));
  return transcript;
}

/** Millimetres are enough to look at. */
const formatMetres = (value: number): string => value.toFixed(3);

class WordTranscript implements Transcript {
  readonly #arm: DrivenArm;
  readonly #write: WriteLine;

  constructor(arm: DrivenArm, write: WriteLine) {
    this.#arm = arm;
    this.#write = write;
  }

  line(text: string): void {
    this.#tell(`> ${text}`);
  }

  event(event: PilotEvent): void {
    if (event.kind === 'say' || event.kind === 'confirm') this.#tell(`"${event.text}"`);
    else if (event.kind === 'result') this.#tell(`${event.result.outcome}: tool at ${this.#place()}`);
  }

  guard({ from, to, message }: SafetyEvent): void {
    if (from !== to) this.#tell(`supervisor: ${to}: ${message}`);
  }

  end(): void {
    const { commands, joints } = this.#arm.episode.result().safety!.limitViolations;
    this.#tell(`tool at ${this.#place()}, limits passed ${commands + joints} times`);
  }

  #tell(text: string): void {
    this.#write(`${this.#arm.time.toFixed(2).padStart(8)} s  ${text}`);
  }

  #place(): string {
    const [x, y, z] = this.#arm.pose;
    return `${formatMetres(x)} ${formatMetres(y)} ${formatMetres(z)} m, gripper ${formatMetres(this.#arm.width)} m`;
  }
}

class JsonTranscript implements Transcript {
  readonly #arm: DrivenArm;
  readonly #write: WriteLine;

  constructor(arm: DrivenArm, write: WriteLine) {
    this.#arm = arm;
    this.#write = write;
  }

  line(text: string): void {
    this.#tell({ line: text });
  }

  event(event: PilotEvent): void {
    if (event.kind === 'result') this.#tell({ result: event.result });
    else this.#tell({ effect: event });
  }

  guard(supervisor: SafetyEvent): void {
    this.#tell({ supervisor });
  }

  end(): void {
    const { state, limitViolations: violations } = this.#arm.episode.result().safety!;
    this.#tell({ end: { state, limit_violations: violations.commands + violations.joints } });
  }

  #tell(what: object): void {
    const { time, pose, width } = this.#arm;
    // Before the first measurement nobody knows where it is.
    const tool = Number.isFinite(width) ? { tool: { pose: [...pose], gripper_width: width } } : {};
    this.#write(JSON.stringify({ time, ...what, ...tool }));
  }
}

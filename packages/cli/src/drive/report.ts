import type { DrivenArm } from '@praxis/evaluation';
import type { SafetyEvent } from '@praxis/safety';
import type { PilotEvent } from '@praxis/teleop';
import { print, printJson } from '../terminal/output.ts';

/** Tells what happens to a driven arm, as it happens: for people, or one JSON object a line. */
export function reporter(arm: DrivenArm, form: 'words' | 'json') {
  const told = form === 'json' ? new JsonReport(arm) : new WordReport(arm);
  arm.pilot.events$.subscribe((event) => told.event(event));
  arm.episode.supervisor!.events$.subscribe((event) => told.guard(event));
  return told;
}

/** Millimetres are enough to look at. */
const metres = (value: number): string => value.toFixed(3);

class WordReport {
  readonly #arm: DrivenArm;

  constructor(arm: DrivenArm) {
    this.#arm = arm;
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
    print(`${this.#arm.time.toFixed(2).padStart(8)} s  ${text}`);
  }

  #place(): string {
    const [x, y, z] = this.#arm.pose;
    return `${metres(x)} ${metres(y)} ${metres(z)} m, gripper ${metres(this.#arm.width)} m`;
  }
}

class JsonReport {
  readonly #arm: DrivenArm;

  constructor(arm: DrivenArm) {
    this.#arm = arm;
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
    printJson({ time, ...what, ...tool });
  }
}

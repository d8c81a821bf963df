import type { RecordingDisplay } from '../protocol/protocol.ts';
import { element, write } from './elements.ts';

/** Functions that the panel calls. */
export interface RecordHandlers {
  start(): void;
  stop(): void;
}

/** Bytes as a person reads them. */
const sizeText = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** Offers a file as a download of the browser. */
function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken the file over once this task has ended; the delay is for those that take longer.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The button that records the episode, and what became of the recording. */
export class RecordPanel {
  readonly #button = element('record', HTMLButtonElement);
  readonly #text = element('record-state', HTMLElement);
  #on = false;

  constructor({ start, stop }: RecordHandlers) {
    this.#button.onclick = () => {
      if (this.#on) {
        stop();
        return;
      }
      // Its code is loaded with the first recording.
      this.#button.disabled = true;
      start();
    };
  }

  /** Shows whether the episode is recorded; a file that is there is downloaded. */
  display(recording: RecordingDisplay): void {
    this.#on = recording.state === 'on';
    this.#button.disabled = false;
    this.#button.ariaPressed = String(this.#on);
    write(this.#button, this.#on ? 'Stop recording' : 'Record');
    if (recording.state === 'on') write(this.#text, 'recording');
    if (recording.state === 'off') write(this.#text, '');
    if (recording.state !== 'saved') return;
    const { name, file, from, to, reason } = recording;
    const full = reason === 'full' ? 'The recording ended because it is full. ' : '';
    write(this.#text, `${full}${name}: ${from.toFixed(2)} to ${to.toFixed(2)} s, ${sizeText(file.size)}`);
    download(file, name);
  }

  /** The recording did not begin. */
  fail(): void {
    this.display({ state: 'off' });
  }
}

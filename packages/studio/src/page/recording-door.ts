import type { Player } from '../player/player.ts';
import { oneLine } from '../protocol/protocol.ts';
import { element } from '../view/elements.ts';
import type { StatusLine } from '../view/status-line.ts';

/** Options of {@link RecordingDoor}. */
export interface RecordingDoorOptions {
  /** Shows why a file cannot be opened. */
  readonly status: StatusLine;
  /** Called when a recording takes the place of the simulation. */
  readonly onOpen: () => void;
}

/** True for a drag that brings files. */
const bringsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/**
 * Opens recordings that the user chooses, or drops on the page, in place of the simulation. The player's code is loaded with the first
 * one, and no file leaves the computer.
 */
export class RecordingDoor {
  readonly #status: StatusLine;
  readonly #onOpen: () => void;
  readonly #button = element('open-recording', HTMLButtonElement);
  readonly #hint = element('drop-hint', HTMLElement);
  readonly #section = element('player', HTMLElement);
  readonly #main = document.querySelector('main')!;
  #player: Player | undefined;

  constructor({ status, onOpen }: RecordingDoorOptions) {
    this.#status = status;
    this.#onOpen = onOpen;
    const input = element('recording-file', HTMLInputElement);
    this.#button.onclick = () => input.click();
    input.onchange = () => {
      const [file] = input.files ?? [];
      if (file) void this.#open(file);
      // The same file can be chosen again.
      input.value = '';
    };
    element('player-close', HTMLButtonElement).onclick = () => this.#close();
    this.#listenForDrops();
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (this.#player?.handleKey(event)) event.preventDefault();
    });
  }

  #listenForDrops(): void {
    window.addEventListener('dragover', (event) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      this.#hint.hidden = false;
    });
    window.addEventListener('dragleave', (event) => {
      // Only a drag that leaves the window has no element that it goes to.
      if (event.relatedTarget === null) this.#hint.hidden = true;
    });
    window.addEventListener('drop', (event) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      this.#hint.hidden = true;
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void this.#open(file);
    });
  }

  async #open(file: File): Promise<void> {
    if (this.#button.disabled) return;
    this.#button.disabled = true;
    this.#status.error = '';
    try {
      const [{ Player }, { openRecording }] = await Promise.all([
        import('../player/player.ts'),
        import('../player/open-recording.ts'),
      ]);
      const recording = await openRecording(file);
      this.#player?.close();
      this.#show();
      this.#player = new Player(recording);
    } catch (error) {
      this.#status.error = oneLine(error);
    } finally {
      this.#button.disabled = false;
    }
  }

  #show(): void {
    this.#onOpen();
    this.#main.hidden = true;
    this.#section.hidden = false;
    element('player-slider', HTMLInputElement).focus();
  }

  #close(): void {
    this.#player?.close();
    this.#player = undefined;
    this.#section.hidden = true;
    this.#main.hidden = false;
    this.#button.focus();
  }
}

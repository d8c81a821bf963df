import { oneLine } from '../errors.ts';
import type { FromFlite, ToFlite } from './flite.worker.ts';
import type { Mouth } from './mouth.ts';

/** Where the server has Flite's program, voices inside. */
const PROGRAM = './flite/flite.wasm';

/** Speaks with Flite: the program, 21 MB, is fetched from the page's own server when this is made. */
export class FliteMouth implements Mouth {
  readonly #worker: Worker;
  readonly #context = new AudioContext();
  readonly #waiting = new Map<number, { readonly began: () => void; readonly ended: () => void }>();
  #source: AudioBufferSourceNode | undefined;
  #next = 0;

  /** @param onFault why there is no voice. One line; it does not speak any more. */
  constructor(onFault: (message: string) => void) {
    this.#worker = new Worker(new URL('./flite.worker.ts', import.meta.url), { type: 'module', name: 'praxis voice' });
    this.#worker.onmessage = ({ data }: MessageEvent<FromFlite>) => {
      if (data.kind === 'fault') onFault(data.message);
      else this.#play(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      onFault(event.message || 'the script of the voice did not load');
    };
    this.#worker.postMessage({ kind: 'open', url: new URL(PROGRAM, location.href).href } satisfies ToFlite);
    // Allowed, since somebody has just asked for it.
    this.#context.resume().catch((error: unknown) => onFault(oneLine(error)));
  }

  say(text: string, began: () => void, ended: () => void): void {
    this.#source?.stop();
    // What was not said yet is no longer true.
    this.#waiting.clear();
    const id = this.#next++;
    this.#waiting.set(id, { began, ended });
    this.#worker.postMessage({ kind: 'say', id, text } satisfies ToFlite);
  }

  #play({ id, samples, rate }: Extract<FromFlite, { kind: 'said' }>): void {
    const asked = this.#waiting.get(id);
    if (!this.#waiting.delete(id) || !asked) return;
    const buffer = this.#context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    source.onended = asked.ended;
    this.#source = source;
    asked.began();
    source.start();
  }

  close(): void {
    this.#waiting.clear();
    this.#source?.stop();
    this.#worker.terminate();
    void this.#context.close();
  }
}

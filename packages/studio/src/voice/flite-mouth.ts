import { oneLine } from '../protocol/protocol.ts';
import type { FromFlite, ToFlite } from './flite.worker.ts';
import type { Mouth } from './speaker.ts';

/** Where the server has Flite's program, voices inside. */
const PROGRAM = './flite/flite.wasm';

/** Speaks with Flite: the program, 21 MB, is fetched from the page's own server when this is made. */
export class FliteMouth implements Mouth {
  readonly #worker: Worker;
  readonly #context = new AudioContext();
  readonly #waiting = new Map<number, { readonly began: () => void; readonly ended: () => void }>();
  /** What is being said. */
  #saying: { readonly source: AudioBufferSourceNode; readonly ended: () => void } | undefined;
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
    this.#end();
    // What was not said yet is no longer true.
    this.#waiting.clear();
    const id = this.#next++;
    this.#waiting.set(id, { began, ended });
    this.#worker.postMessage({ kind: 'say', id, text } satisfies ToFlite);
  }

  #play({ id, samples, rate }: Extract<FromFlite, { kind: 'said' }>): void {
    const asked = this.#waiting.get(id);
    // A context that the browser holds back would say it some time later.
    if (!this.#waiting.delete(id) || !asked || this.#context.state !== 'running') return;
    const buffer = this.#context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    source.onended = () => this.#end();
    this.#saying = { source, ended: asked.ended };
    asked.began();
    source.start();
  }

  #end(): void {
    if (!this.#saying) return;
    const { source, ended } = this.#saying;
    this.#saying = undefined;
    source.onended = null;
    source.stop();
    ended();
  }

  close(): void {
    this.#waiting.clear();
    this.#end();
    this.#worker.terminate();
    void this.#context.close();
  }
}

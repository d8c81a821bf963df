/** Types of the used part of `sherpa-onnx-node`, which ships none. */
interface Stream {
  acceptWaveform(wave: { readonly samples: Float32Array; readonly sampleRate: number }): void;
}

interface Result {
  readonly text: string;
}

interface ModelFiles {
  readonly tokens: string;
  readonly numThreads: number;
  readonly provider: 'cpu';
}

/** A model that takes whole utterances. */
export interface OfflineRecognizer {
  createStream(): Stream;
  decode(stream: Stream): void;
  getResult(stream: Stream): Result;
}

/** A streaming model. */
export interface OnlineRecognizer {
  createStream(): Stream & { inputFinished(): void };
  isReady(stream: Stream): boolean;
  decode(stream: Stream): void;
  getResult(stream: Stream): Result;
}

/** The library's module. */
export interface Sherpa {
  readonly OfflineRecognizer: new (config: {
    readonly modelConfig: ModelFiles & {
      readonly whisper?: { readonly encoder: string; readonly decoder: string };
      readonly moonshine?: Readonly<Record<string, string>>;
    };
  }) => OfflineRecognizer;
  readonly OnlineRecognizer: new (config: {
    readonly modelConfig: ModelFiles & {
      readonly transducer: { readonly encoder: string; readonly decoder: string; readonly joiner: string };
    };
  }) => OnlineRecognizer;
}

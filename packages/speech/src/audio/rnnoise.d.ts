/** The used part of RNNoise 0.1 in WebAssembly, which includes its weights. */
declare module '@jitsi/rnnoise-wasm/dist/rnnoise-sync.js' {
  export interface Rnnoise {
    readonly HEAPF32: Float32Array;
    _malloc(bytes: number): number;
    _rnnoise_create(model: number): number;
    /** @returns probability of speech, 0..1 */
    _rnnoise_process_frame(state: number, out: number, samples: number): number;
  }
  export default function createRnnoise(): Rnnoise;
}

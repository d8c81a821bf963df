import { askerOfProcess } from '../answering/askers.ts';
import { serve } from '../answering/serve.ts';
import { openModel, type Transcript } from './decoder.ts';
import { loadSherpa } from './library.ts';
import type { SherpaModel } from './model.ts';

serve<Float32Array>(askerOfProcess(), () => {
  const transcribe = openModel(loadSherpa(import.meta.url), JSON.parse(process.argv[2]) as SherpaModel);
  return {
    work(samples): Transcript {
      const began = performance.now();
      return { text: transcribe(samples), compute: (performance.now() - began) / 1000 };
    },
    close() {},
  };
});

import { parentTransport, serve } from '@praxis/core';
import { openModel, type SherpaService } from './decoder.ts';
import { loadSherpa } from './library.ts';
import type { SherpaModel } from './model.ts';

serve<SherpaService>(parentTransport(process), () => {
  const transcribe = openModel(loadSherpa(import.meta.url), JSON.parse(process.argv[2]) as SherpaModel);
  return {
    methods: {
      transcribe(samples) {
        const began = performance.now();
        return { text: transcribe(samples), compute: (performance.now() - began) / 1000 };
      },
    },
  };
});

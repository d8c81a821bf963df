import { defineConfig } from 'vite';

// Relative addresses: the page works under any path. MuJoCo's and ONNX Runtime's wasm become files of our own, because
// both name them as `new URL(file, import.meta.url)`.
export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
});

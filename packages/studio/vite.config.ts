import { readFileSync } from 'node:fs';
import { defaultClientConditions, defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { licences } from './build/licences.ts';
import { strippedWasm } from './build/strip-wasm.ts';

const { page, worker } = licences();
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

// Relative addresses let the page work under any path. Vite copies the wasm files of MuJoCo and ONNX Runtime into the build,
// because both packages refer to them as `new URL(file, import.meta.url)`.
export default defineConfig({
  base: './',
  define: { 'import.meta.env.PRAXIS_VERSION': JSON.stringify(version) },
  // The page is built from the sources of every package.
  resolve: { conditions: ['praxis-source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
    // The plugin below compresses for real.
    reportCompressedSize: false,
  },
  plugins: [strippedWasm(), page, compressed()],
  worker: { format: 'es', plugins: () => [worker()] },
});

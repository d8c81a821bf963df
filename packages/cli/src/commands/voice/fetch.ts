import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { Progress, StartProgress } from '@praxis/evaluation';
import { endWithoutReport, interruptSignal } from '../../terminal/interrupt.ts';
import { print, printJson } from '../../terminal/output.ts';

const BYTES_PER_MEGABYTE = 1_000_000;

interface Archive {
  readonly name: string;
  readonly url: string;
  readonly sha256: string;
}

export function addVoiceFetch(voice: Command): void {
  voice
    .command('fetch')
    .description('download, verify and unpack a speech model for sherpa-onnx')
    .argument('[model]', 'name of the model; without a name the known models are listed')
    .option('--to <dir>', 'folder of the models; each model gets a subfolder', 'data/voice')
    .option('--url <url>', 'address of another archive (.tar.bz2); needs --sha256')
    .option('--sha256 <hex>', 'SHA-256 of that archive')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Models come from the releases of k2-fsa/sherpa-onnx. An archive with a different SHA-256 is deleted. An interrupted download continues
when the same command runs again. Needs tar and bzip2.

Examples:
  $ npx praxis voice fetch
  $ npx praxis voice fetch whisper-tiny.en
  $ npx praxis voice fetch mine --url https://example.org/mine.tar.bz2 --sha256 2bd6cf96...`,
    )
    .action(async (model, { to, json, ...options }) => {
      const { fetchModel, MODELS } = await import('@praxis/speech/node');
      if (model === undefined && options.url === undefined) {
        const { table } = await import('@praxis/evaluation');
        const rows = MODELS.map(({ name, size, licence }) => [name, (size / BYTES_PER_MEGABYTE).toFixed(0), licence]);
        if (json) printJson({ models: MODELS });
        else print(table(['model', 'MB', 'licence'], rows));
        return;
      }
      const { progress } = await import('../../terminal/progress.ts');
      const { name, url, sha256 } = archiveOf(model, options, MODELS);
      const bar = megabyteProgress(`voice fetch ${name}, MB`, progress);
      const { signal, release } = interruptSignal('the downloaded part is kept');
      try {
        const { folder, came } = await fetchModel({ name, url, sha256, to, signal, onProgress: bar.setProgress });
        if (json) printJson({ model: name, folder, came, url, sha256 });
        else print(came === 'now' ? folder : `${folder} exists already`);
      } catch (error) {
        if (!signal.aborted) throw error;
        bar.stop();
        endWithoutReport('voice fetch', { json });
      } finally {
        bar.stop();
        release();
      }
    });
}

/** Selects the archive by name, or builds it from `--url` and `--sha256`. @throws {InputError} on inconsistent options */
function archiveOf(
  model: string | undefined,
  { url, sha256 }: { readonly url?: string; readonly sha256?: string },
  models: readonly Archive[],
): Archive {
  if (url === undefined) {
    if (sha256 !== undefined) throw new InputError('--sha256: needs --url');
    const known = models.find(({ name }) => name === model);
    if (known) return known;
    const names = models.map(({ name }) => name).join(', ');
    throw new InputError(`model ${model}: unknown; known are ${names}, or give --url and --sha256`);
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new InputError(`--url ${url}: expected an address with https:// or http://`);
  }
  if (sha256 === undefined || !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new InputError(`--sha256 ${sha256 ?? '(none)'}: expected 64 hexadecimal digits`);
  }
  const name =
    model ??
    new URL(url).pathname
      .split('/')
      .at(-1)!
      .replace(/\.tar\.bz2$/, '');
  if (!/^[\w-][\w.-]*$/.test(name)) throw new InputError(`model "${name}": expected a name for its folder`);
  return { name, url, sha256: sha256.toLowerCase() };
}

/** Shows a download in megabytes; nothing while the size of the archive is unknown. */
function megabyteProgress(
  label: string,
  startProgress: StartProgress,
): { setProgress(received: number, total: number | undefined): void; stop(): void } {
  let bar: Progress | undefined;
  let shown = 0;
  return {
    setProgress(received, total) {
      if (total === undefined) return;
      const done =
        received === total ? Math.ceil(total / BYTES_PER_MEGABYTE) : Math.floor(received / BYTES_PER_MEGABYTE);
      if (!bar) {
        shown = done;
        bar = startProgress(label, Math.ceil(total / BYTES_PER_MEGABYTE), done);
      }
      for (; shown < done; shown++) bar.step('');
    },
    stop: () => bar?.stop(),
  };
}

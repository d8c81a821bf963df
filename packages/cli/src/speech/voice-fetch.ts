import { InputError } from '@praxis/core';
import type { Progress } from '@praxis/evaluation';
import { table } from '@praxis/evaluation';
import { fetchModel, MODELS } from '@praxis/speech/node';
import type { VoiceFetchOptions } from '../commands/voice-fetch.ts';
import { interruption } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

const MEGABYTE = 1_000_000;

/** @returns exit status. @throws {InputError} on wrong options, or when the model cannot be had. */
export async function run(model: string | undefined, options: VoiceFetchOptions): Promise<number> {
  if (model === undefined && options.url === undefined) {
    list(options);
    return EXIT.ok;
  }
  const { name, url, sha256 } = wanted(model, options);
  const bar = megabytes(`voice fetch ${name}, MB`);
  const interrupted = interruption('what has come is kept');
  const { signal } = interrupted;
  try {
    const { folder, came } = await fetchModel({ name, url, sha256, to: options.to, signal, onProgress: bar.show });
    if (options.json) printJson({ model: name, folder, came, url, sha256 });
    else print(came === 'now' ? folder : `${folder} is there already`);
  } catch (error) {
    if (!signal.aborted) throw error;
    bar.stop();
    note('praxis voice fetch: interrupted; run it again to go on');
    return EXIT.interrupted;
  } finally {
    bar.stop();
    interrupted.release();
  }
  return EXIT.ok;
}

function list({ json }: VoiceFetchOptions): void {
  if (json) printJson({ models: MODELS });
  else {
    const rows = MODELS.map(({ name, size, licence }) => [name, (size / MEGABYTE).toFixed(0), licence]);
    print(table(['model', 'MB', 'licence'], rows));
  }
}

function wanted(model: string | undefined, { url, sha256 }: VoiceFetchOptions) {
  if (url === undefined) {
    if (sha256 !== undefined) throw new InputError('--sha256: expected --url with it');
    const known = MODELS.find(({ name }) => name === model);
    if (known) return known;
    const names = MODELS.map(({ name }) => name).join(', ');
    throw new InputError(`model ${model}: unknown; known are ${names}, or give --url and --sha256`);
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new InputError(`--url ${url}: expected an address that begins with https:// or http://`);
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

/** A bar of the usual kind; there is none while nobody knows how much there will be. */
function megabytes(label: string): { show(received: number, total: number | undefined): void; stop(): void } {
  let bar: Progress | undefined;
  let shown = 0;
  return {
    show(received, total) {
      if (total === undefined) return;
      const done = received === total ? Math.ceil(total / MEGABYTE) : Math.floor(received / MEGABYTE);
      if (!bar) {
        shown = done;
        bar = progress(label, Math.ceil(total / MEGABYTE), done);
      }
      for (; shown < done; shown++) bar.step('');
    },
    stop: () => bar?.stop(),
  };
}

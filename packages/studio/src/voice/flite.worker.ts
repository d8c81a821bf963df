import { InputError } from '@praxis/core';
import { Flite } from '@praxis/speech';
import { oneLine } from '../protocol/protocol.ts';

export type ToFlite =
  /** @param url of the program */
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'say'; readonly id: number; readonly text: string };

export type FromFlite =
  | { readonly kind: 'said'; readonly id: number; readonly samples: Float32Array<ArrayBuffer>; readonly rate: number }
  /** There is no voice. One line. */
  | { readonly kind: 'fault'; readonly message: string };

const tell = (message: FromFlite, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });

async function load(url: string): Promise<Flite> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answers ${response.status} where Flite's program should be`);
  return Flite.load(await response.arrayBuffer());
}

let flite: Promise<Flite> | undefined;

async function take(message: ToFlite): Promise<void> {
  if (message.kind === 'open') {
    flite = load(message.url);
    await flite;
    return;
  }
  const { samples, rate } = (await flite!).speak(message.text);
  // Of a size of its own: what is transferred is gone here.
  const own = Float32Array.from(samples);
  tell({ kind: 'said', id: message.id, samples: own, rate }, [own.buffer]);
}

self.onmessage = async ({ data }: MessageEvent<ToFlite>) => {
  try {
    await take(data);
  } catch (error) {
    // What has no words in it is not said.
    if (!(error instanceof InputError)) tell({ kind: 'fault', message: oneLine(error) });
  }
};

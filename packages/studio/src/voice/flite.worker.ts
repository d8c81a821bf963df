import { type PortLike, portTransport, serve, Transferring } from '@praxis/core';
import { Flite } from '@praxis/speech';

/** A text as sound. */
export interface Speech {
  readonly samples: Float32Array<ArrayBuffer>;
  /** Hz. */
  readonly rate: number;
}

/** What the worker offers. */
export interface FliteService {
  readonly methods: {
    /** @param url of the program */
    open(url: string): void;
    /** @throws {InputError} on a text without words */
    speak(text: string): Speech;
  };
}

async function load(url: string): Promise<Flite> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answers ${response.status} where Flite's program should be`);
  return Flite.load(await response.arrayBuffer());
}

let flite: Promise<Flite> | undefined;

serve<FliteService>(portTransport(self as unknown as PortLike), () => ({
  methods: {
    async open(url) {
      flite = load(url);
      await flite;
    },
    async speak(text) {
      const { samples, rate } = (await flite!).synthesize(text);
      // Of a size of its own: what is transferred is gone here.
      const own = Float32Array.from(samples);
      return new Transferring({ samples: own, rate }, [own.buffer]);
    },
  },
}));

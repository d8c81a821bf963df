import { type PortLike, portTransport, serve, Transferring } from '@praxis/core';
import { Flite } from '@praxis/speech';

/** Synthesized speech. */
export interface Speech {
  /** One channel, -1..1. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Sample rate (Hz). */
  readonly rate: number;
}

/** The service of the synthesizer worker. */
export interface FliteService {
  readonly methods: {
    /** Loads Flite. @param url address of the program */
    open(url: string): void;
    /** @throws {InputError} for a text without words. */
    synthesize(text: string): Speech;
  };
}

async function load(url: string): Promise<Flite> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Flite's program cannot be loaded: the server answers ${response.status}`);
  return Flite.load(await response.arrayBuffer());
}

let flite: Promise<Flite> | undefined;

serve<FliteService>(portTransport(self as unknown as PortLike), () => ({
  methods: {
    async open(url) {
      flite = load(url);
      await flite;
    },
    async synthesize(text) {
      const { samples, rate } = (await flite!).synthesize(text);
      // The samples are a view into Flite's memory, which a transfer would detach.
      const own = Float32Array.from(samples);
      return new Transferring({ samples: own, rate }, [own.buffer]);
    },
  },
}));

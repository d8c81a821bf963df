import type { EncoderManifest } from '../manifest/manifest.ts';
import { imageProcessor } from './image.ts';
import type { Processor } from './processor.ts';
import { tokensProcessor } from './tokens.ts';
import { vectorProcessor } from './vector.ts';

/** Makes the processor of an encoder from its manifest. */
export function processorOf({ name, input }: EncoderManifest): Processor {
  const { processor } = input;
  const where = `encoder ${name}, stream ${input.stream}`;
  switch (processor.type) {
    case 'image':
      return imageProcessor(where, input.shape, processor);
    case 'vector':
      return vectorProcessor(where, input.window, processor);
    case 'tokens':
      return tokensProcessor(where, processor);
  }
}

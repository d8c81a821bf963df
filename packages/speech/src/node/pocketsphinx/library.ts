import { InputError } from '@praxis/core';
import koffi from 'koffi';
import type { PocketSphinxFiles } from './find-pocketsphinx.ts';

/** A word of the best path. */
export interface DecodedWord {
  readonly word: string;
  /** Its first and last frames, 100 a second. */
  readonly first: number;
  readonly last: number;
  /** Over these frames (log of base 1.0001, shifted by 10 bits). */
  readonly score: number;
}

/** One decoder of PocketSphinx 5prealpha: what is used of its C interface. */
export interface NativeDecoder {
  /** @throws {InputError} when the grammar is refused, for example for a word without a pronunciation */
  useGrammar(jsgf: string, name?: string): void;
  /** Goes back to a grammar that was given before, by its name. */
  selectGrammar(name: string): void;
  hasWord(word: string): boolean;
  addWord(word: string, phones: string): void;
  /** Frames are counted from here. */
  startUtterance(): void;
  processAudio(block: Int16Array): void;
  endUtterance(): void;
  /** Of the best path so far, if any. */
  text(): string | undefined;
  /** Those of the best path. */
  words(): readonly DecodedWord[];
  free(): void;
}

function loadLibrary(path: string) {
  try {
    return koffi.load(path);
  } catch (cause) {
    throw new InputError(`${path}: expected a library that loads`, { cause });
  }
}

/** Opens the library once; each decoder is independent. */
export function openPocketSphinx(files: PocketSphinxFiles) {
  const [base, ps] = [loadLibrary(files.base), loadLibrary(files.library)];
  const silence = base.func('void err_set_logfp(void *file)');
  const initialise = base.func('void *cmd_ln_init(void *inout, void *definitions, int strict, ...)');
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
  silence(null);
  const must = (status: number, what: string): void => {
    if (status < 0) throw new InputError(`PocketSphinx refused ${what}`);
  };

  return (options: readonly string[]): NativeDecoder => {
    const given = ['-hmm', files.model, '-dict', files.dictionary, '-logfn', '/dev/null', ...options];
    const config = initialise(null, definitions(), 1, ...given.flatMap((each) => ['str', each]), 'void *', null);
    const decoder = config ? c.init(config) : null;
    if (!decoder) throw new InputError(`PocketSphinx did not start with the model in ${files.model}`);
    return {
      useGrammar(jsgf, name = 'commands') {
        must(c.grammar(decoder, name, jsgf), 'the grammar');
        must(c.search(decoder, name), 'the grammar');
      },
      selectGrammar: (name) => must(c.search(decoder, name), `the grammar ${name}`),
      hasWord: (word) => c.lookup(decoder, word) !== null,
      addWord: (word, phones) => must(c.add(decoder, word, phones, 1), `the word "${word}"`),
      startUtterance() {
        must(c.stream(decoder), 'to start');
        must(c.start(decoder), 'to start');
      },
      processAudio: (block) => must(c.process(decoder, block, block.length, 0, 0), 'sound'),
      endUtterance: () => must(c.end(decoder), 'to end'),
      text: () => (c.hypothesis(decoder, [0]) as string | null) ?? undefined,
      words() {
        const all: DecodedWord[] = [];
        const [start, end, acoustic] = [[0], [0], [0]];
        for (let each = c.first(decoder); each; each = c.next(each)) {
          c.span(each, start, end);
          c.score(each, acoustic, [0], [0]);
          // Alternative pronunciations are numbered.
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

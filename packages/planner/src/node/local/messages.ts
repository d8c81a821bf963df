/** Parameters of the process of a `LocalPlanner`. */
export interface LlamaSetup {
  /** Path of the GGUF file. */
  readonly model: string;
  /** Path of the LoRA adapter, a GGUF file of its own. */
  readonly adapter?: string;
  /** Folders from which node-llama-cpp is resolved, in order. */
  readonly resolveFrom: readonly string[];
  /** Threads that compute. */
  readonly threads: number;
  readonly priority: 'lowest' | 'normal';
  /** Largest number of tokens of prompt and answer together. */
  readonly contextTokens: number;
}

/** One question to the model. */
export interface LlamaQuestion {
  readonly system: string;
  readonly user: string;
  /** Grammar that holds the answer to the catalogue (GBNF). */
  readonly grammar: string;
  readonly maxTokens: number;
  readonly temperature: number;
  /** Seed of the random numbers of a temperature above 0: equal questions have equal answers. */
  readonly seed: number;
}

/** The answer of the model. */
export interface LlamaAnswer {
  readonly text: string;
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** `length`: it was cut off at its largest number of tokens. */
  readonly finish: 'stop' | 'length';
}

/** Service of the model's process. */
export interface LlamaService {
  readonly methods: { answer(question: LlamaQuestion): LlamaAnswer };
  readonly info: { readonly pid: number };
}

import { constants, setPriority } from 'node:os';
import { errorRegistry, firstLine, parentTransport, serve } from '@praxis/core';
import { PlannerError } from '../../planners/planner-error.ts';
import { loadLlamaLibrary } from './llama-library.ts';
import type { LlamaAnswer, LlamaQuestion, LlamaService, LlamaSetup } from './messages.ts';

errorRegistry.register('PlannerError', PlannerError);
serve<LlamaService>(parentTransport(process), async () => {
  const setup = JSON.parse(process.argv[2]) as LlamaSetup;
  const { model: modelPath, adapter, resolveFrom, threads, priority } = setup;
  // The control loop and its supervisor come first; the threads of llama.cpp start later and inherit it.
  if (priority === 'lowest') setPriority(constants.priority.PRIORITY_LOW);
  const { getLlama, LlamaChatSession } = await loadLlamaLibrary(resolveFrom);
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    maxThreads: threads,
    logLevel: 'error',
    progressLogs: false,
  });
  const model = await llama.loadModel({ modelPath }).catch((cause: unknown) => {
    throw new PlannerError(`${modelPath}: no model that llama.cpp can load: ${firstLine(cause)}`, { cause });
  });
  const contextSize = Math.min(setup.contextTokens, model.trainContextSize);
  const context = await model
    .createContext({ contextSize, threads, ...(adapter !== undefined && { lora: adapter }) })
    .catch((cause: unknown) => {
      throw new PlannerError(`${adapter ?? modelPath}: ${firstLine(cause)}`, { cause });
    });
  const sequence = context.getSequence();
  const answer = async (question: LlamaQuestion, signal: AbortSignal): Promise<LlamaAnswer> => {
    const { system, user, maxTokens, temperature, seed } = question;
    const grammar = await llama.createGrammar({ grammar: question.grammar });
    // Kept tokens would be computed in other batches, whose rounding differs: an answer would depend on the question before it.
    await sequence.clearHistory();
    const before = { ...tokensOf(sequence) };
    const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: system });
    const { responseText, stopReason } = await session.promptWithMeta(user, {
      grammar,
      maxTokens,
      temperature,
      seed,
      signal,
    });
    const after = tokensOf(sequence);
    return {
      text: responseText,
      promptTokens: after.input - before.input,
      answerTokens: after.output - before.output,
      finish: stopReason === 'maxTokens' ? 'length' : 'stop',
    };
  };
  return { info: { pid: process.pid }, methods: { answer: (question, { signal }) => answer(question, signal) } };
});

const tokensOf = ({ tokenMeter }: { tokenMeter: { usedInputTokens: number; usedOutputTokens: number } }) => ({
  input: tokenMeter.usedInputTokens,
  output: tokenMeter.usedOutputTokens,
});

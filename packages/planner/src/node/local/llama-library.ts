import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstLine } from '@praxis/core';
import { PlannerError } from '../../planners/planner-error.ts';

const PACKAGE_NAME = 'node-llama-cpp';

/** Command that installs the library. Its scripts would build llama.cpp; the prebuilt library is inside its packages. */
export const LLAMA_INSTALL_COMMAND = `npm install --ignore-scripts ${PACKAGE_NAME}@3`;

/** The part of node-llama-cpp 3 that is used. */
export interface LlamaLibrary {
  getLlama(options: object): Promise<Llama>;
  readonly LlamaChatSession: new (options: {
    contextSequence: LlamaSequence;
    systemPrompt: string;
  }) => LlamaChatSession;
}
/** A loaded llama.cpp. */
export interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>;
  createGrammar(options: { readonly grammar: string }): Promise<object>;
}
interface LlamaModel {
  readonly trainContextSize: number;
  createContext(options: object): Promise<{ getSequence(): LlamaSequence }>;
}
/** The tokens that a context has evaluated. */
export interface LlamaSequence {
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
  clearHistory(): Promise<void>;
}
interface LlamaChatSession {
  promptWithMeta(
    text: string,
    options: object,
  ): Promise<{ readonly responseText: string; readonly stopReason: string }>;
}

/**
 * Loads node-llama-cpp.
 * @param folders folders from which it is resolved, in order
 * @throws {PlannerError} in one line when it is not installed, with the command, and when it does not load
 */
export async function loadLlamaLibrary(folders: readonly string[]): Promise<LlamaLibrary> {
  const path = folders.map(resolvedFrom).find((each) => each !== undefined);
  if (path === undefined) {
    throw new PlannerError(
      `a GGUF file needs the package ${PACKAGE_NAME}, which is not installed: ${LLAMA_INSTALL_COMMAND}`,
    );
  }
  try {
    return (await import(pathToFileURL(path).href)) as LlamaLibrary;
  } catch (cause) {
    throw new PlannerError(`${PACKAGE_NAME} at ${path} does not load: ${firstLine(cause)}`, { cause });
  }
}

function resolvedFrom(folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(PACKAGE_NAME);
  } catch {
    return undefined;
  }
}

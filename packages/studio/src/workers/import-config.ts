import { type ConfigSource, checkConfig } from '@praxis/evaluation/config';

/**
 * Imports the user's configuration, which the server bundles into one module. Policies in folders have the address of their folder.
 * @param url address of the module, on the page's origin
 * @throws {InputError} when the configuration is not valid
 */
export async function importConfig(url: string): Promise<ConfigSource> {
  const module = (await import(/* @vite-ignore */ url)) as { default?: unknown };
  const source = 'praxis.config';
  return { config: checkConfig(module.default, source), source, folder: url };
}

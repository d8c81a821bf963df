import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of PocketSphinx on this machine. */
export interface PocketSphinxFiles {
  /** `libpocketsphinx.so.3` */
  readonly library: string;
  /** `libsphinxbase.so.3` */
  readonly base: string;
  /** Folder of the acoustic model. */
  readonly model: string;
  /** Pronunciation dictionary. */
  readonly dictionary: string;
}

/** Command that installs PocketSphinx on Debian and Ubuntu. */
export const POCKETSPHINX_INSTALL_COMMAND = 'apt-get install libpocketsphinx3 pocketsphinx-en-us';
/** Message for a machine without PocketSphinx, with the command that installs it. */
export const POCKETSPHINX_MISSING_MESSAGE = `speech recognition needs PocketSphinx, which is not installed: ${POCKETSPHINX_INSTALL_COMMAND}`;

const LIBRARY_FOLDERS = [
  ...['x86_64', 'aarch64', 'arm'].map((machine) =>
    join('/usr/lib', `${machine}-linux-gnu${machine === 'arm' ? 'eabihf' : ''}`),
  ),
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/lib',
];
const MODEL_FOLDERS = ['/usr/share/pocketsphinx/model/en-us', '/usr/local/share/pocketsphinx/model/en-us'];

/** Finds the library (version 3 of its interface) and the American English model; undefined when either is missing. */
export function findPocketSphinx(): PocketSphinxFiles | undefined {
  const folder = LIBRARY_FOLDERS.find((each) => existsSync(join(each, 'libpocketsphinx.so.3')));
  const model = MODEL_FOLDERS.find((each) => existsSync(join(each, 'cmudict-en-us.dict')));
  if (!folder || !model) return undefined;
  return {
    library: join(folder, 'libpocketsphinx.so.3'),
    base: join(folder, 'libsphinxbase.so.3'),
    model: join(model, 'en-us'),
    dictionary: join(model, 'cmudict-en-us.dict'),
  };
}

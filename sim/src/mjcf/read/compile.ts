import type { MainModule } from '@mujoco/mujoco';
import { InputError, lfsPointerHint } from '@praxis/core';
import type { DescriptionFile } from '@praxis/model';
import type { Mujoco } from '../../mujoco/world.ts';

/** A compiled model of MuJoCo. */
export type CompiledModel = InstanceType<MainModule['MjModel']>;

/** Elements that name a file, and the attribute of `<compiler>` with its folder. */
const FILES: Readonly<Record<string, string | undefined>> = {
  include: undefined,
  mesh: 'meshdir',
  texture: 'texturedir',
  hfield: 'meshdir',
  skin: 'meshdir',
};

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(tag)
    ?.slice(1)
    .find((each) => each !== undefined);

/** Opening tags with one of these names, comments left out. */
const tagsOf = (xml: string, names: readonly string[]): readonly (readonly [name: string, tag: string])[] =>
  [...xml.replace(/<!--[\s\S]*?-->/g, '').matchAll(new RegExp(`<(${names.join('|')})(?=[\\s/>])[^>]*>`, 'g'))].map(
    ([tag, name]) => [name, tag],
  );

/** Folders of assets that `<compiler>` names; a later one counts. */
function assetFolders(xml: string): Readonly<Record<string, string>> {
  const folders: Record<string, string> = {};
  for (const [, tag] of tagsOf(xml, ['compiler'])) {
    const both = attribute(tag, 'assetdir');
    for (const name of ['meshdir', 'texturedir']) {
      const folder = attribute(tag, name) ?? both;
      if (folder !== undefined) folders[name] = folder;
    }
  }
  return folders;
}

/** Paths of the files that a document names, relative to the main file. Included documents come first, then assets. */
function filesNamed(xml: string, folders: Readonly<Record<string, string>>): readonly string[] {
  return tagsOf(xml, Object.keys(FILES)).flatMap(([name, tag]) => {
    const file = attribute(tag, 'file');
    if (file === undefined || file === '') return [];
    const folder = folders[FILES[name] ?? ''];
    return [folder === undefined || file.startsWith('/') ? file : `${folder.replace(/\/$/, '')}/${file}`];
  });
}

/** Reads a document with all that it includes. @throws {InputError} when an included file is missing */
async function documentsOf(file: DescriptionFile): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const pending = [new TextDecoder().decode(file.bytes)];
  for (let xml = pending.pop(); xml !== undefined; xml = pending.pop()) {
    for (const [, tag] of tagsOf(xml, ['include'])) {
      const path = attribute(tag, 'file') ?? '';
      if (found.has(path)) continue;
      const bytes = await file.readBeside(path);
      if (!bytes) throw new InputError(`${file.path}: <include file="${path}">: file not found`);
      found.set(path, bytes);
      pending.push(new TextDecoder().decode(bytes));
    }
  }
  return found;
}

/** Every file that a model needs, by its path relative to the main file, and the folder of meshes. */
async function filesOf(
  file: DescriptionFile,
): Promise<{ files: ReadonlyMap<string, Uint8Array>; meshFolder: string | undefined }> {
  const files = new Map(await documentsOf(file));
  const documents = [file.bytes, ...files.values()].map((bytes) => new TextDecoder().decode(bytes));
  const folders = Object.assign({}, ...documents.map(assetFolders)) as Readonly<Record<string, string>>;
  for (const path of documents.flatMap((xml) => filesNamed(xml, folders))) {
    if (files.has(path)) continue;
    const bytes = await file.readBeside(path);
    if (!bytes) throw new InputError(`${file.path}: ${path}: file not found`);
    const hint = lfsPointerHint(bytes);
    if (hint !== undefined) throw new InputError(`${file.path}: ${path}: ${hint}`);
    files.set(path, bytes);
  }
  return { files, meshFolder: folders.meshdir };
}

/**
 * Compiles an MJCF by MuJoCo, with the meshes, textures and documents that it names. Delete the model after use. `meshFolder` is the
 * folder of mesh files relative to the main file, which a compiled model no longer knows.
 * @throws {InputError} in one line: a missing file, a Git LFS pointer, or MuJoCo's own message
 */
export async function compileMjcf(
  module: Mujoco,
  file: DescriptionFile,
): Promise<{ readonly model: CompiledModel; readonly meshFolder: string | undefined }> {
  const mujoco = module as MainModule;
  const { files, meshFolder } = await filesOf(file);
  const memory = new mujoco.MjVFS();
  try {
    for (const [path, bytes] of files) memory.addBuffer(path, bytes);
    const model = mujoco.MjModel.from_xml_string(new TextDecoder().decode(file.bytes), memory);
    return { model, meshFolder };
  } catch (cause) {
    const line = String((cause as Error).message)
      .split('\n')
      .slice(0, 2)
      .join(': ');
    throw new InputError(`${file.path}: MuJoCo does not compile it: ${line}`, { cause });
  } finally {
    memory.delete();
  }
}

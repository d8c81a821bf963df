/** Paths of a robot's folder: with slashes, relative to the folder or absolute. They mean the same in Node and in browsers. */

export const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[a-z]:\//i.test(path);

/** Removes `.` and `folder/..` from a path. */
function normalise(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || (part === '' && out.length > 0)) continue;
    const last = out[out.length - 1];
    if (part !== '..' || last === undefined || last === '..') out.push(part);
    // Above the root is the root.
    else if (last !== '') out.pop();
  }
  return out.length === 1 && out[0] === '' ? '/' : out.join('/') || '.';
}

/** The path `relative` as seen from `folder`. */
export const joinPath = (folder: string, relative: string): string =>
  normalise(isAbsolute(relative) ? relative : `${folder}/${relative}`);

/** The folder of a file. */
export const folderOf = (path: string): string => {
  const at = path.lastIndexOf('/');
  if (at < 0) return '.';
  return at === 0 ? '/' : path.slice(0, at);
};

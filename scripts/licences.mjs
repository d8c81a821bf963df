// The licences of what a user of Praxis gets:
//
//   npm run licences                prints package, version and licence of every dependency that is installed with Praxis
//   npm run licences -- --check     fails for a licence that is not free, and for a NOTICE that is out of date
//   npm run licences -- --write     writes NOTICE: what others made and Praxis distributes in its own files and in the studio's page
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FILES, PAGE } from './licences/bundled.mjs';
import { TEXTS } from './licences/texts.mjs';
import { root } from './setup.mjs';

/** Free licences, by their SPDX names. A package under another one needs a decision before it is depended on. */
const FREE = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BSD-4-Clause', 'CC0-1.0', 'ISC', 'MIT'],
  // libvips, a shared library of its own beside sharp.
  'LGPL-3.0-or-later',
]);

/** Licences of packages that do not name them as SPDX does. */
const RENAMED = { Apache2: 'Apache-2.0' };

/** True if a licence is free: an SPDX expression of one level, with OR or with AND. */
export function isFree(licence) {
  const names = licence.replace(/^\(|\)$/g, '');
  const known = (name) => FREE.has(name);
  return names.includes(' OR ') ? names.split(' OR ').some(known) : names.split(' AND ').every(known);
}

/** Licence in a manifest or a lock entry; older manifests have a list. */
const licenceIn = ({ license, licenses }) => {
  const found = license ?? licenses?.map(({ type }) => type).join(' OR ');
  return RENAMED[found] ?? found;
};

const lockEntries = () => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * The packages from a registry that an installed Praxis brings along, in the order of their names.
 * @param {object} entries `packages` of package-lock.json
 */
export function productionPackages(entries = lockEntries()) {
  return Object.entries(entries)
    .filter(([path, { link, dev }]) => path.includes('node_modules/') && !link && !dev)
    .map(([path, entry]) => {
      const manifest = join(root, path, 'package.json');
      const licence =
        licenceIn(entry) ?? (existsSync(manifest) ? licenceIn(JSON.parse(readFileSync(manifest, 'utf8'))) : undefined);
      return { name: nameOf(path), version: entry.version, licence: licence ?? 'unknown' };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** First line of copyright in the licence file of a package. */
function copyrightOf(name) {
  const folder = join(root, 'node_modules', name);
  for (const file of readdirSync(folder).filter((each) => /^licen[cs]e/i.test(each))) {
    const line = readFileSync(join(folder, file), 'utf8').match(/^\s*Copyright (\(c\)|©|\d).*$/im);
    if (line) return line[0].trim();
  }
  throw new Error(`node_modules/${name}: no copyright line: add it to scripts/licences/bundled.mjs`);
}

/** The text of NOTICE. */
export function notice() {
  const entries = lockEntries();
  const used = new Set();
  const part = (title, licence, lines) => {
    for (const name of licence.split(' OR ')) used.add(name);
    return [title, ...lines.filter(Boolean).map((line) => `    ${line}`)].join('\n');
  };
  const files = FILES.map(({ name, licence, copyright, source, file }) =>
    part(`${name} (${licence})`, licence, [copyright, source, `in ${file}`]),
  );
  const page = PAGE.map(({ name, copyright, source, parts = [] }) => {
    const entry = entries[`node_modules/${name}`];
    if (!entry) throw new Error(`${name}: not in package-lock.json: remove it from scripts/licences/bundled.mjs`);
    const inside = parts.map(([inner, licence, holder]) => {
      used.add(licence);
      return `contains ${inner} (${licence}): ${holder}`;
    });
    return part(`${name} ${entry.version} (${licenceIn(entry)})`, licenceIn(entry), [
      copyright ?? copyrightOf(name),
      source,
      ...inside,
    ]);
  });
  const texts = Object.entries(TEXTS).filter(([name]) => used.has(name));
  return `${[
    'Praxis',
    'Licensed under the Apache License, Version 2.0, whose text is in the file LICENSE.',
    'It contains parts that others made. `npm run licences -- --write` writes this file.',
    '== In the files of Praxis',
    ...files,
    '== In the page of the studio',
    ...page,
    ...texts.flatMap(([name, text]) => [`== The licence ${name}`, text]),
  ].join('\n\n')}\n`;
}

/** What is wrong: packages whose licence is not free, and a NOTICE that is out of date. */
export function licenceFaults() {
  const faults = productionPackages()
    .filter(({ licence }) => !isFree(licence))
    .map(({ name, version, licence }) => `${name} ${version}: its licence is ${licence}, expected a free one`);
  const file = join(root, 'NOTICE');
  const current = existsSync(file) && readFileSync(file, 'utf8') === notice();
  return current ? faults : [...faults, 'NOTICE: out of date: run npm run licences -- --write'];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [option] = process.argv.slice(2);
  if (option === '--write') writeFileSync(join(root, 'NOTICE'), notice());
  else if (option === '--check') {
    const faults = licenceFaults();
    for (const fault of faults) console.error(fault);
    process.exitCode = faults.length > 0 ? 1 : 0;
  } else if (option === undefined) {
    for (const { name, version, licence } of productionPackages()) console.log(`${name}\t${version}\t${licence}`);
  } else {
    console.error(`${option}: expected --check or --write`);
    process.exitCode = 2;
  }
}

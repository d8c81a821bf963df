/** The parts of a package.json that tests read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly sideEffects?: boolean | readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Conditions of each entry point, or the file itself. */
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** A published package. */
export interface PublishedPackage {
  /** Folder, relative to the root. */
  readonly folder: string;
  readonly manifest: Manifest;
}

export const version: string;
export const packages: readonly PublishedPackage[];
export function checkVersions(): void;

export interface LicensedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

export function isFree(licence: string): boolean;
export function productionPackages(entries?: object): readonly LicensedPackage[];
export function notice(): string;
export function licenceFaults(): readonly string[];

export function pack(folder: string): readonly string[];

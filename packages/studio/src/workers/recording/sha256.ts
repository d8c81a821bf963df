/** Stands for a digest that the page cannot compute. */
export const UNKNOWN_DIGEST = 'unknown';

/** SHA-256 in hexadecimal; `unknown` where the browser has none, as on a page without https that does not come from this computer. */
export async function sha256(content: Uint8Array): Promise<string> {
  if (!isSecureContext) return UNKNOWN_DIGEST;
  const digest = await crypto.subtle.digest('SHA-256', content as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

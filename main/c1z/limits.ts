/** The limits that the official validators put on what we write (c1z-and-model.md §3). */
export const MAX_ID_BYTES = 1024;
export const MAX_NAME_BYTES = 1024;
export const MAX_DESCRIPTION_BYTES = 2048;
export const MAX_LINK_BYTES = 1024;
/** Members of one exclusion group (c1z-and-model.md §5.3). */
export const MAX_GROUP_MEMBERS = 50;

const MAX_EMAIL_BYTES = 254;
const MAX_LOCAL_BYTES = 64;
const MAX_HOST_BYTES = 253;
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~\p{L}\p{N}-]+(\.[\w!#$%&'*+/=?^`{|}~\p{L}\p{N}-]+)*$/u;
const HOST = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** The text, cut at a character's end so that its UTF-8 form has at most `maxBytes` bytes. */
export function fitting(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  // Bytes 10xxxxxx continue a character.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}

/** Whether the official validators take it as an e-mail address; they are stricter than Xero. */
export function isEmail(address: string): boolean {
  const at = address.indexOf('@');
  const local = address.slice(0, at);
  const host = address.slice(at + 1);
  return (
    at > 0 &&
    Buffer.byteLength(address) <= MAX_EMAIL_BYTES &&
    Buffer.byteLength(local) <= MAX_LOCAL_BYTES &&
    host.length <= MAX_HOST_BYTES &&
    LOCAL.test(local) &&
    HOST.test(host)
  );
}

import * as tls from 'node:tls';

/**
 * The trust of `createTrust`, made when it is first asked for: the roots are slow to read, and a
 * program that reaches nobody over TLS needs none.
 */
export function trustOf(ca: readonly string[]): () => tls.SecureContext {
  let trust: tls.SecureContext | undefined;
  return () => (trust ??= createTrust(ca));
}

/**
 * Whom we trust, for every connection that is made (product.md §6): the system's roots where Node
 * offers them (22.15 and newer), Node's own, and the authorities in `ca` (PEM). TLS 1.2 or newer.
 * Not made for each connection: reading hundreds of certificates is slow.
 */
export function createTrust(ca: readonly string[]): tls.SecureContext {
  const named = [...tls.rootCertificates, ...ca];
  const system = systemRoots();
  try {
    return contextOf([...system, ...named]);
  } catch (error) {
    // A root in the system's store that Node can't take mustn't cost us all the others.
    if (system.length === 0) throw error;
    return contextOf(named);
  }
}

function contextOf(ca: string[]): tls.SecureContext {
  return tls.createSecureContext({ ca: [...new Set(ca)], minVersion: 'TLSv1.2' });
}

/** What newer versions of Node add to the module. */
const newer: { getCACertificates?(store: 'system'): string[] } = tls;

function systemRoots(): readonly string[] {
  try {
    return newer.getCACertificates?.('system') ?? [];
  } catch {
    return [];
  }
}

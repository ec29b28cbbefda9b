import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork } from '../../../main/network.ts';
import { makeCertificate, type LoopbackCertificate } from '../../sandbox/certificate.ts';

describe('the network', () => {
  let certificate: LoopbackCertificate;
  let server: Server;
  beforeAll(async () => {
    certificate = await makeCertificate(Date.now());
    server = createServer(certificate, (_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = () => `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  it('trusts an authority that the admin names', async () => {
    const response = await createNetwork(certificate.ca).fetch(address());
    expect(await response.text()).toBe('hello');
  });

  it('trusts no certificate of an authority that nobody named', async () => {
    await expect(createNetwork(undefined).fetch(address())).rejects.toThrow('fetch failed');
  });
});

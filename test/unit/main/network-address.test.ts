import { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';
import { defaultAddress } from '../../../main/network-address.ts';

it('the address on the way to the internet is one of this computer’s own, or there is none', async () => {
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outward = own.filter(({ internal }) => !internal).map(({ address }) => address);
  expect([null, ...outward]).toContain(await defaultAddress());
});

import type { XeroReader } from '../xero/reader.ts';

/** A sign-in through which organisations can be read. */
export interface Reach {
  readonly signInId: string;
  readonly reader: Pick<XeroReader, 'connections' | 'organisation' | 'day'>;
}

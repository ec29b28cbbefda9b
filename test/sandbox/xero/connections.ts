import { randomUUID } from 'node:crypto';

/** One organisation that one person connected to one app. Times are milliseconds since 1970. */
export interface Connection {
  readonly id: string;
  readonly clientId: string;
  readonly personId: string;
  readonly tenantId: string;
  /** The name of a practice; null for an organisation, which the world names. */
  readonly practice: string | null;
  readonly createdAt: number;
  authEventId: string;
  updatedAt: number;
}

interface NewConnection {
  readonly authEventId: string;
  readonly now: number;
  readonly practice?: string | null;
}

/** Who connected which organisation to which app. */
export class Connections {
  #all: Connection[] = [];

  /** Connecting again keeps the connection and renews its authorisation event. */
  connect(
    clientId: string,
    personId: string,
    tenantId: string,
    { authEventId, now, practice = null }: NewConnection,
  ): void {
    const existing = this.find(clientId, personId, tenantId);
    if (existing !== undefined) {
      Object.assign(existing, { authEventId, updatedAt: now });
      return;
    }
    const id = randomUUID();
    const times = { createdAt: now, updatedAt: now };
    this.#all.push({ id, clientId, personId, tenantId, practice, authEventId, ...times });
  }

  of(clientId: string, personId: string): readonly Connection[] {
    return this.#all.filter((it) => it.clientId === clientId && it.personId === personId);
  }

  ofApp(clientId: string): readonly Connection[] {
    return this.#all.filter((it) => it.clientId === clientId);
  }

  find(clientId: string, personId: string, tenantId: string): Connection | undefined {
    const wanted = tenantId.toLowerCase();
    return this.of(clientId, personId).find((it) => it.tenantId.toLowerCase() === wanted);
  }

  remove(gone: readonly Connection[]): void {
    this.#all = this.#all.filter((it) => !gone.includes(it));
  }

  /** A tenant has become another one, under connections of its own. */
  replace(tenantId: string, by: string): void {
    this.#all = this.#all.map((it) =>
      it.tenantId === tenantId ? { ...it, id: randomUUID(), tenantId: by } : it,
    );
  }

  /** Somebody disconnected the organisation in Xero: every app has lost it. */
  disconnect(tenantId: string): void {
    this.#all = this.#all.filter((it) => it.tenantId !== tenantId);
  }
}

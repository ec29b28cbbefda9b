import { describe, expect, it } from 'vitest';
import { tell } from '../../shared/history-words.ts';
import { keptFor, registerApp, signInOf, signInWith, type RegisteredApp } from './core-apps.ts';
import { DONE, openDesk, refused, type Desk } from './core-desk.ts';
import { keychainLocked } from './core-surroundings.ts';

/** What the window says first of what happened. */
function newest({ snapshot: { events } }: Desk) {
  const [entry] = events;
  return entry === undefined ? null : tell(entry.event);
}

/** The secret was replaced in the portal, and Xero takes the old one no more. */
async function secretReplaced(desk: Desk, app: RegisteredApp): Promise<string> {
  const { xero } = desk.sandbox;
  const newSecret = xero.replaceSecret(app.registered);
  xero.expireAccessTokens();
  await desk.intents.checkXeroNow();
  return newSecret;
}

function keptSecrets(desk: Desk): readonly string[] {
  return [...desk.keychain.entries].filter(([key]) => key.endsWith('/secret')).map(([, it]) => it);
}

describe.each(['web', 'custom'] as const)('the secret of an app of kind %s', (kind) => {
  it('replaced at Xero needs the new one, and goes on from there', async () => {
    const desk = await openDesk();
    const app = registerApp(desk, kind);
    await signInWith(desk, app);
    await desk.connectC1();
    const newSecret = await secretReplaced(desk, app);
    const { id: signInId, state } = signInOf(desk, kind);
    expect(state).toMatchObject({ kind: 'needsSignIn', because: { code: 'xeroClientRejected' } });
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: false, code: 16 } });

    const wrong = await desk.intents.changeXeroSecret({ signInId, secret: app.pasted.secret });
    expect(wrong).toMatchObject(refused('xeroClientRejected', 'signInToXero'));
    expect(keptSecrets(desk)).toEqual([app.pasted.secret]);
    expect(signInOf(desk, kind).state.kind).toBe('needsSignIn');

    expect(await desk.intents.changeXeroSecret({ signInId, secret: newSecret })).toMatchObject(
      DONE,
    );
    expect(keptSecrets(desk)).toEqual([newSecret]);
    expect(signInOf(desk, kind).state.kind).toBe('signedIn');
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });

    await desk.restart();
    desk.sandbox.xero.expireAccessTokens();
    expect(await desk.intents.checkXeroNow()).toMatchObject(DONE);
  });

  it('that the keychain doesn’t take stays as it was', async () => {
    const desk = await openDesk();
    const app = registerApp(desk, kind);
    await signInWith(desk, app);
    const newSecret = await secretReplaced(desk, app);
    const { id: signInId } = signInOf(desk, kind);
    desk.keychain.breakDown(keychainLocked, ['write']);
    const changed = await desk.intents.changeXeroSecret({ signInId, secret: newSecret });
    expect(changed).toMatchObject(refused('keychainLocked', 'unlockKeychain'));
    expect(keptSecrets(desk)).toEqual([app.pasted.secret]);
    desk.keychain.mend();
    expect(await desk.intents.changeXeroSecret({ signInId, secret: newSecret })).toMatchObject(
      DONE,
    );
  });

  it('missing from the keychain after a restart is asked for', async () => {
    const desk = await openDesk();
    const app = registerApp(desk, kind);
    await signInWith(desk, app);
    await desk.connectC1();
    const { id: signInId } = signInOf(desk, kind);
    await desk.connector.stop();
    desk.keychain.entries.delete(`xero/${signInId}/secret`);
    await desk.restart();
    await desk.intents.checkXeroNow();
    expect(signInOf(desk, kind).state).toMatchObject({
      kind: 'needsSignIn',
      because: {
        code: 'xeroSecretInvalid',
        message: expect.stringContaining('Paste it again') as string,
      },
    });
    const { secret } = app.pasted;
    expect(await desk.intents.changeXeroSecret({ signInId, secret })).toMatchObject(DONE);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });
});

describe('signing out', () => {
  it('here erases token and secret, and leaves the consent to other computers', async () => {
    const desk = await openDesk();
    const app = registerApp(desk, 'web');
    await signInWith(desk, app);
    const { id: signInId } = signInOf(desk, 'web');
    expect(await desk.intents.signOut({ signInId, where: 'here' })).toMatchObject(DONE);
    expect(keptFor(desk)).toEqual({ tokens: 0, secrets: 0 });
    expect(desk.settings.read()).toMatchObject({ signIns: [], governed: [], setup: 'xero' });
    expect(desk.snapshot.xero).toEqual([]);
    expect(desk.sandbox.xero.connections(app.registered)).toHaveLength(1);
    expect(desk.calls('revocation')).toBe(0);
    expect(newest(desk)).toMatchObject({ tone: 'neutral' });
  });

  it('everywhere takes the consent back, which needs the secret', async () => {
    const desk = await openDesk();
    const app = registerApp(desk, 'web');
    await signInWith(desk, app);
    const { id: signInId } = signInOf(desk, 'web');
    expect(await desk.intents.signOut({ signInId, where: 'everywhere' })).toMatchObject(DONE);
    expect(desk.sandbox.xero.connections(app.registered)).toEqual([]);
    expect(keptFor(desk)).toEqual({ tokens: 0, secrets: 0 });
  });

  it('everywhere while Xero can’t be told says that the consent may remain, and where to end it', async () => {
    const desk = await openDesk();
    await desk.signInFor(['Demo Company (NZ)']);
    const { id: signInId } = signInOf(desk, 'desktop');
    desk.sandbox.xero.fail({ endpoint: 'revocation', fault: { kind: 'reset' }, times: 9 });
    expect(await desk.intents.signOut({ signInId, where: 'everywhere' })).toMatchObject(DONE);
    expect(keptFor(desk)).toEqual({ tokens: 0, secrets: 0 });
    expect(desk.sandbox.xero.connections(desk.app)).toHaveLength(1);
    expect(newest(desk)).toMatchObject({
      tone: 'bad',
      sentence: expect.stringContaining('Connected apps') as string,
    });
  });

  it.each(['here', 'everywhere'] as const)(
    'of a custom connection erases its secret: %s',
    async (where) => {
      const desk = await openDesk();
      await signInWith(desk, registerApp(desk, 'custom'));
      const { id: signInId } = signInOf(desk, 'custom');
      expect(await desk.intents.signOut({ signInId, where })).toMatchObject(DONE);
      expect(keptFor(desk)).toEqual({ tokens: 0, secrets: 0 });
      expect(desk.calls('revocation')).toBe(0);
    },
  );
});

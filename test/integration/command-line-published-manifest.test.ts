import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../../scripts/runtime.mjs';
import { openTerminal, type Environment } from './command-line.ts';
import { accessIn } from './expected-access.ts';

const Secret = z.object({
  kind: z.literal('Secret'),
  metadata: z.object({ name: z.string() }),
  stringData: z.record(z.string(), z.literal('')),
});
const Deployment = z.object({
  kind: z.literal('Deployment'),
  spec: z.object({
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.unknown()) }),
      spec: z.strictObject({
        containers: z.tuple([
          z.strictObject({
            name: z.string(),
            image: z.string(),
            imagePullPolicy: z.string(),
            envFrom: z.array(z.object({ secretRef: z.object({ name: z.string() }) })),
            env: z.array(z.object({ name: z.string(), value: z.string() })),
            command: z.array(z.string()).default([]),
            args: z.array(z.string()).default([]),
          }),
        ]),
      }),
    }),
  }),
});

/** The manifests that C1 publishes for baton-xero, with the image changed to ours. */
async function published() {
  const text = await readFile(join(ROOT, 'test/fixtures/baton-xero.yaml'), 'utf8');
  const [secret, deployment] = parseAllDocuments(text).map((part) => part.toJS() as unknown);
  return { secret: Secret.parse(secret), deployment: Deployment.parse(deployment) };
}

/** What a pod's process finds as Kubernetes makes it up: the image's own, each `envFrom`, then `env` over both. */
async function podEnvironment(secrets: ReadonlyMap<string, Environment>): Promise<Environment> {
  const { deployment } = await published();
  const [{ env, envFrom }] = deployment.spec.template.spec.containers;
  return {
    ...(await imageEnvironment()),
    ...Object.fromEntries(
      envFrom.flatMap(({ secretRef }) => Object.entries(secrets.get(secretRef.name) ?? {})),
    ),
    ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
  };
}

/** What the last stage of the Containerfile sets. */
async function imageEnvironment(): Promise<Environment> {
  const text = await readFile(join(ROOT, 'docs/deploy/Containerfile'), 'utf8');
  const last = text.slice(text.lastIndexOf('\nFROM '));
  const lines = last.matchAll(/^ENV (\w+)=(\S+)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

describe('baton-xero’s published manifest with our image', () => {
  it('has four places for secrets, a host’s name, no arguments, and a label that Kubernetes refuses', async () => {
    const { secret, deployment } = await published();
    expect(secret.metadata.name).toBe('baton-xero-secrets');
    expect(Object.keys(secret.stringData)).toEqual([
      'BATON_CLIENT_ID',
      'BATON_CLIENT_SECRET',
      'BATON_XERO_CLIENT_ID',
      'BATON_XERO_CLIENT_SECRET',
    ]);
    const { metadata, spec } = deployment.spec.template;
    const [{ command, args, env }] = spec.containers;
    expect([...command, ...args]).toEqual([]);
    expect(env).toEqual([{ name: 'BATON_HOST_ID', value: 'baton-xero' }]);
    expect(metadata.labels['baton']).toBe(true);
  });

  it('serves C1 in that very environment: hello, a full sync, its upload', async () => {
    const terminal = await openTerminal();
    const { c1, world, xero } = terminal.sandbox;
    const { secret, deployment } = await published();
    const [{ args }] = deployment.spec.template.spec.containers;
    const filled = Object.fromEntries(
      Object.keys(secret.stringData).map((name) => [
        name,
        { ...terminal.c1, ...terminal.customConnection }[name] ?? '',
      ]),
    );
    const env = await podEnvironment(new Map([[secret.metadata.name, filled]]));
    expect(Object.keys(env).sort()).toEqual(
      [...Object.keys(secret.stringData), 'BATON_HOST_ID', 'NODE_ENV'].sort(),
    );

    const id = c1.enqueue('sync_full');
    const serving = terminal.start(args, { ...env, ...terminal.clouds });
    const { task } = await c1.waitFor('finished');
    expect(task).toMatchObject({ id, host: 'baton-xero', outcome: { ok: true } });
    expect(c1.events('hello')).toMatchObject([
      { request: { hostId: 'baton-xero', connectorMetadata: { displayName: 'Xero' } } },
    ]);
    expect(c1.uploads()).toHaveLength(1);
    const { clientId } = xero.customConnection;
    expect(clientId).toBe(env['BATON_XERO_CLIENT_ID']);
    expect(accessIn(c1.access()).organisations).toEqual([
      expect.stringContaining(world.organisations[0]?.name ?? '') as unknown,
    ]);

    serving.signal('SIGTERM');
    const { code, stderr } = await serving.ended;
    expect(code).toBe(0);
    const events = stderr.trimEnd().split('\n');
    expect(
      events.map((line) => z.object({ event: z.string() }).parse(JSON.parse(line)).event),
    ).toEqual(expect.arrayContaining(['c1.serving', 'c1.connected']) as unknown);
  });
});

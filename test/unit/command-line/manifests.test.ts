import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { manifests, SECRET_NAME, secretKeys } from '../../../main/command-line/manifests.ts';

const choices = {
  namespace: 'governance',
  image: 'c1-xero:0.1.0',
  secret: 'empty',
  proxy: null,
} as const;

describe.each(['custom', 'web'] as const)('the manifests for a %s app', (app) => {
  const text = manifests({ ...choices, app });
  const parts = parseAllDocuments(text).map((part) => part.toJS() as Record<string, unknown>);
  const one = (kind: string) => parts.find((part) => part['kind'] === kind);

  it('are what a server needs, all in its namespace', () => {
    expect(parts.map(({ kind }) => kind)).toEqual([
      'Namespace',
      'Secret',
      'PersistentVolumeClaim',
      'NetworkPolicy',
      'Deployment',
    ]);
    for (const part of parts.slice(1)) {
      expect(part).toMatchObject({ metadata: { namespace: 'governance' } });
    }
  });

  it('have places for the secrets and nothing in them, and say how to fill them', () => {
    const empty = Object.fromEntries(secretKeys(app).map((key) => [key, '']));
    expect(one('Secret')).toMatchObject({ metadata: { name: SECRET_NAME }, stringData: empty });
    expect(text).toMatch(/^# .*kubectl -n governance create secret generic baton-xero-secrets/m);
    expect(manifests({ ...choices, app, secret: 'existing' })).not.toContain('kind: Secret');
  });

  it('run it with no more rights than it needs, one at a time', () => {
    expect(one('Deployment')).toMatchObject({
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        template: {
          metadata: { labels: { baton: 'true' } },
          spec: {
            automountServiceAccountToken: false,
            securityContext: {
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                image: 'c1-xero:0.1.0',
                envFrom: [{ secretRef: { name: SECRET_NAME } }],
                livenessProbe: { httpGet: { path: '/live' } },
                readinessProbe: { httpGet: { path: '/ready' } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          },
        },
      },
    });
    expect(text).toContain('baton: "true"');
    expect(text.includes('BATON_XERO_TOKEN_FILE')).toBe(app === 'web');
  });
});

import { Document } from 'yaml';

/** What the printed manifests are to be for; anything else is the same for everybody. */
export interface ManifestChoices {
  readonly namespace: string;
  readonly image: string;
  /** How the server signs in to Xero (product.md §6): only a web app has a token that rotates. */
  readonly app: 'custom' | 'web';
  /** `existing` leaves the Secret out: applying an empty one again would empty a filled one. */
  readonly secret: 'empty' | 'existing';
  /** The proxy that the pod goes out through, as `http://host:port`; null for none. */
  readonly proxy: string | null;
}

const NAME = 'c1-xero';
/** The name under which C1 publishes `baton-xero`'s, so that a filled one goes on working. */
export const SECRET_NAME = 'baton-xero-secrets';
const STATE = '/var/lib/c1-xero';
/** Above 10000, so that it is nobody's on the node; the Containerfile has the same. */
const USER = 10_001;
const LABELS = { 'app.kubernetes.io/name': NAME };
const HEALTH_PORT = 8081;
const HTTPS_PORT = 443;
/** A policy is held against the pod behind the service, and OpenShift's DNS pods listen at 5353. */
const DNS_PORTS = [53, 5353];
/** Equal parts are written out each time: not every reader of manifests follows aliases. */
const ONE_BY_ONE = { aliasDuplicateObjects: false } as const;

/** The places of the Secret: `baton-xero`'s four, and the seed of a token that rotates. */
export function secretKeys(app: ManifestChoices['app']): readonly string[] {
  return [
    'BATON_CLIENT_ID',
    'BATON_CLIENT_SECRET',
    'BATON_XERO_CLIENT_ID',
    'BATON_XERO_CLIENT_SECRET',
    ...(app === 'web' ? ['BATON_REFRESH_TOKEN'] : []),
  ];
}

/** All manifests as one YAML text, headed by the commands that put them to work (product.md §6). */
export function manifests(choices: ManifestChoices): string {
  const parts = [
    namespace(choices),
    ...(choices.secret === 'empty' ? [secret(choices)] : []),
    claim(choices),
    networkPolicy(choices),
    deployment(choices),
  ];
  const texts = parts.map((part) => new Document(part, ONE_BY_ONE).toString({ lineWidth: 0 }));
  return `${heading(choices)}${texts.map((text) => `---\n${text}`).join('')}`;
}

function heading({ namespace: name, app, secret: place }: ManifestChoices): string {
  const fill = [
    'C1 Connector for Xero. The Secret’s places are empty; fill them from a file, which keeps them',
    'out of the shell’s history:',
    '',
    '  kubectl apply -f c1-xero.yaml',
    `  (umask 077 && printf '%s=\\n' ${secretKeys(app).join(' ')} > c1-xero.env)`,
    '  "${EDITOR:-vi}" c1-xero.env',
    `  kubectl -n ${name} create secret generic ${SECRET_NAME} --from-env-file=c1-xero.env --dry-run=client -o yaml | kubectl apply -f -`,
    '  rm c1-xero.env',
    `  kubectl -n ${name} rollout restart deployment/${NAME}`,
    '',
    'Apply an empty Secret once only. Later: c1-xero k8s --secret existing | kubectl apply -f -',
    ...(app === 'web'
      ? ['The refresh token is one of a sign-in made for this server, never the desktop app’s.']
      : []),
  ];
  const existing = [`C1 Connector for Xero, with the Secret ${SECRET_NAME} that is there already.`];
  const lines = place === 'empty' ? fill : existing;
  return lines.map((line) => `# ${line}`.trimEnd() + '\n').join('');
}

function namespace({ namespace: name }: ManifestChoices) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function secret({ namespace: name, app }: ManifestChoices) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: SECRET_NAME, namespace: name, labels: LABELS },
    type: 'Opaque',
    stringData: Object.fromEntries(secretKeys(app).map((key) => [key, ''])),
  };
}

/** Keeps the answers to tasks and, where it rotates, the newest refresh token. */
function claim({ namespace: name }: ManifestChoices) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: NAME, namespace: name, labels: LABELS },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
}

/** Nothing comes in but the node's own probes; out go HTTPS (Xero, C1), the proxy where there is one, and DNS. */
function networkPolicy({ namespace: name, proxy }: ManifestChoices) {
  const proxyPort = proxy === null ? HTTPS_PORT : portOf(proxy);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: NAME, namespace: name, labels: LABELS },
    spec: {
      podSelector: { matchLabels: LABELS },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [
        { ports: [...new Set([HTTPS_PORT, proxyPort])].map((port) => ({ protocol: 'TCP', port })) },
        {
          ports: DNS_PORTS.flatMap((port) => [
            { protocol: 'UDP', port },
            { protocol: 'TCP', port },
          ]),
        },
      ],
    },
  };
}

function deployment(choices: ManifestChoices) {
  // `baton-xero` has the label too, unquoted, which Kubernetes refuses.
  const labels = { ...LABELS, baton: 'true' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME, namespace: choices.namespace, labels },
    spec: {
      replicas: 1,
      // Two at a time would spend one token twice, and answer C1 as one connector.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: LABELS },
      template: { metadata: { labels }, spec: pod(choices) },
    },
  };
}

function pod(choices: ManifestChoices) {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // A running upload has 30 s to end.
    terminationGracePeriodSeconds: 45,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container(choices)],
    volumes: [
      { name: 'state', persistentVolumeClaim: { claimName: NAME } },
      { name: 'temporary', emptyDir: { sizeLimit: '1Gi' } },
    ],
  };
}

function container({ image, ...choices }: ManifestChoices) {
  return {
    name: NAME,
    image,
    imagePullPolicy: 'Always',
    args: ['serve'],
    envFrom: [{ secretRef: { name: SECRET_NAME } }],
    env: environment(choices),
    ports: [{ name: 'health', containerPort: HEALTH_PORT, protocol: 'TCP' }],
    livenessProbe: probe('/live', 30),
    readinessProbe: probe('/ready', 15),
    resources: {
      requests: { cpu: '50m', memory: '192Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '1', memory: '768Mi', 'ephemeral-storage': '2Gi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      { name: 'state', mountPath: STATE },
      { name: 'temporary', mountPath: '/tmp' },
    ],
  };
}

function environment({ app, proxy }: Pick<ManifestChoices, 'app' | 'proxy'>) {
  return [
    // A pod's own name changes with every roll-out, and C1 would see a new host.
    { name: 'BATON_HOST_ID', value: NAME },
    { name: 'BATON_LOG_FORMAT', value: 'json' },
    { name: 'BATON_HEALTH_CHECK', value: 'true' },
    { name: 'BATON_HEALTH_CHECK_PORT', value: String(HEALTH_PORT) },
    // The pod's own address, of whichever family the cluster uses.
    {
      name: 'BATON_HEALTH_CHECK_BIND_ADDRESS',
      valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
    },
    { name: 'BATON_XERO_STATE_DIR', value: STATE },
    ...(app === 'web'
      ? [{ name: 'BATON_XERO_TOKEN_FILE', value: `${STATE}/xero-token.json` }]
      : []),
    ...(proxy === null ? [] : [{ name: 'HTTPS_PROXY', value: proxy }]),
  ];
}

/** The port of a proxy's address, which an address leaves out where it is its scheme's own. */
function portOf(proxy: string): number {
  const { port, protocol } = new URL(proxy);
  if (port !== '') return Number(port);
  return protocol === 'https:' ? HTTPS_PORT : 80;
}

function probe(path: string, periodSeconds: number) {
  return {
    httpGet: { path, port: 'health' },
    periodSeconds,
    timeoutSeconds: 5,
    failureThreshold: 4,
  };
}

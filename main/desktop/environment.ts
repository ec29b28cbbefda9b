/** What the command line takes from the environment (product.md §6) and the desktop app never reads. */
const SECRETS = [
  'BATON_CLIENT_SECRET',
  'BATON_XERO_CLIENT_SECRET',
  'BATON_REFRESH_TOKEN',
  'BATON_TOKEN',
];

/** Electron hands the environment on to every page's bridge and to what the app starts: no secret goes with it. */
export function dropSecrets(env: NodeJS.ProcessEnv): void {
  for (const name of SECRETS) Reflect.deleteProperty(env, name);
}

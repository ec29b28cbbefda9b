import { succeed, type Result } from '../../shared/errors.ts';
import { askHealth } from './ask-health.ts';
import { compare, type ReadContents } from './compare.ts';
import { inspect, type ReadSummary } from './inspect.ts';
import type { OfflineRequest } from './offline.ts';
import { print } from './print.ts';

/** How files are read. */
export interface FileReading {
  readonly summary: ReadSummary;
  readonly contents: ReadContents;
}

/** Does what signs in to nothing, and returns what goes to stdout. */
export async function answer(
  request: OfflineRequest,
  version: string,
  files: FileReading,
): Promise<Result<string>> {
  switch (request.kind) {
    case 'inspect': {
      const report = await inspect(request.file, files.summary);
      return report.ok ? succeed(print(report.value, request.json)) : report;
    }
    case 'compare': {
      const report = await compare(request, files.contents);
      return report.ok ? succeed(print(report.value, request.json)) : report;
    }
    case 'capabilities': {
      const { capabilitiesJson } = await import('./capabilities.ts');
      const { handlersOf } = await import('./serve.ts');
      const { resourceTypes } = await import('../c1z/messages.ts');
      const { requestHandlers } = await import('../connector/request-kinds.ts');
      const requests = request.provisioning ? requestHandlers(onlyDeclared, 'no') : {};
      const handlers = handlersOf(onlyDeclared, requests);
      const declared = { resourceTypes: resourceTypes(), handlers };
      return succeed(`${JSON.stringify(capabilitiesJson(declared), null, 2)}\n`);
    }
    case 'k8s': {
      const { manifests } = await import('./manifests.ts');
      const { image, ...choices } = request.choices;
      return succeed(manifests({ ...choices, image: image ?? `c1-xero:${version}` }));
    }
    case 'healthCheck': {
      const asked = await askHealth(request);
      return asked.ok ? succeed('') : asked;
    }
  }
}

/** Nothing is done here. */
function onlyDeclared(): Promise<never> {
  return Promise.reject(new Error('a handler that is declared alone was called'));
}

import { anyUnpack, type Any } from '@bufbuild/protobuf/wkt';
import { toJson } from '@bufbuild/protobuf';
import { KNOWN } from './check.ts';
import type { SandboxEvent } from './journal.ts';
import type { TaskRecord } from './queue.ts';
import type { C1Sandbox } from './sandbox.ts';
import type { Upload } from './uploads.ts';

/** All that a test in another process wants to know, as plain JSON. */
export function describeState(sandbox: C1Sandbox) {
  return {
    credentials: sandbox.credentials().map(({ clientId, createdAt, lastUsedAt, revokedAt }) => ({
      clientId,
      createdAt,
      lastUsedAt,
      revokedAt,
    })),
    hellos: sandbox.events('hello').map(describeEvent),
    tasks: sandbox.tasks().map(describeTask),
    uploads: sandbox.uploads().map(describeUpload),
    violations: sandbox.violations(),
  };
}

export function describeEvent(event: SandboxEvent): unknown {
  switch (event.kind) {
    case 'hello': {
      const { hostId, taskId, connectorMetadata } = event.request;
      return { ...event, request: { hostId, taskId, displayName: connectorMetadata?.displayName } };
    }
    case 'upload':
      return { ...event, upload: describeUpload(event.upload) };
    case 'claimed':
    case 'heartbeat':
    case 'finished':
      return { ...event, task: describeTask(event.task) };
    case 'unwanted':
      return { ...event, task: event.task && describeTask(event.task) };
    case 'token':
    case 'poll':
    case 'violation':
    case 'fault':
      return event;
  }
}

function describeTask({ message, outcome, ...task }: Readonly<TaskRecord>) {
  return {
    ...task,
    debug: message.debug,
    outcome: outcome && {
      ...outcome,
      details: outcome.details.map(describeAny),
      annotations: outcome.annotations.map(describeAny),
      response: outcome.response && describeAny(outcome.response),
    },
  };
}

function describeUpload({ content, ...upload }: Upload) {
  switch (content.kind) {
    case 'access': {
      const { resourceTypes, resources, entitlements, grants, ...sync } = content.sync;
      const counts = {
        resourceTypes: resourceTypes.length,
        resources: resources.length,
        entitlements: entitlements.length,
        grants: grants.length,
      };
      return { ...upload, kind: content.kind, problems: content.problems, sync, counts };
    }
    case 'log':
      return { ...upload, kind: content.kind, lines: content.lines.length };
    case 'unreadable':
      return { ...upload, kind: content.kind, problems: content.problems };
  }
}

function describeAny(any: Any): unknown {
  const content = anyUnpack(any, KNOWN);
  const schema = content && KNOWN.getMessage(content.$typeName);
  const value = schema
    ? toJson(schema, content, { registry: KNOWN })
    : Buffer.from(any.value).toString('base64');
  // `encoded` is for the official types, which know more of them than we do.
  return { typeUrl: any.typeUrl, value, encoded: Buffer.from(any.value).toString('base64') };
}

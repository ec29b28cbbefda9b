import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { z } from 'zod';

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
});

/** A plugin for the bundler: puts the licences of the packages that it bundled beside them, as those licences ask. */
export function bundledLicences(): Plugin {
  return {
    name: 'bundled-licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((each) =>
        each.type === 'chunk' ? each.moduleIds : [],
      );
      const texts = [...new Set(modules.flatMap(packageFolder))].map(licenceOf).toSorted();
      if (texts.length === 0) return;
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: texts.join('\n\n') });
    },
  };
}

/** The folder of the package that a module belongs to; none for one of ours. */
export function packageFolder(path: string): readonly string[] {
  const folder = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll('\\', '/'));
  return folder?.[1] === undefined ? [] : [folder[1]];
}

/** Its name, version and licence, in the author's own text where the package brings it along. */
function licenceOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = Manifest.parse(manifest);
  const own = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const text = own === undefined ? '' : `\n\n${readFileSync(join(folder, own), 'utf8').trim()}`;
  return `${name} ${version}: ${license ?? 'see below'}${text}`;
}

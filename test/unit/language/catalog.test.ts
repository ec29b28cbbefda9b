import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/runtime.mjs';
import texts from '../../../shared/language/en-GB.json';

const catalog: Readonly<Record<string, string>> = texts;

/** A place of the sources that asks for a text. */
interface Use {
  readonly place: string;
  readonly word: string;
  /** What it gives: names of values, without those that make bold. */
  readonly values: readonly string[];
  /** Whether it can show more than plain text. */
  readonly rich: boolean;
}

const sources = ['main', 'renderer', 'shared']
  .flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((path) =>
      join(room, path),
    ),
  )
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('gen/'))
  .map((path) =>
    ts.createSourceFile(
      path,
      readFileSync(join(ROOT, path), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
      path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
    ),
  );
const uses = sources.flatMap(usesIn);

describe('The catalog of words', () => {
  it('holds no text that nothing says', () => {
    const said = new Set(sources.flatMap(stringsIn));
    expect(Object.keys(catalog).filter((word) => !said.has(word))).toEqual([]);
  });

  it('holds each text once, so that it is translated once', () => {
    const all = Object.values(catalog);
    expect(all.filter((text, index) => all.indexOf(text) !== index)).toEqual([]);
  });

  it('is asked with exactly the values that each text names', () => {
    const wrong = uses.filter(
      ({ word, values }) => String(values) !== String(namesIn(catalog[word] ?? '').values),
    );
    expect(wrong).toEqual([]);
  });

  it('has its bold texts shown where bold can be shown', () => {
    const flat = uses.filter(({ word, rich }) => !rich && namesIn(catalog[word] ?? '').tags);
    expect(flat).toEqual([]);
  });

  it('is whole sentences: no text begins or ends with a space', () => {
    expect(Object.values(catalog).filter((text) => text !== text.trim())).toEqual([]);
  });
});

/** The values and tags that a text names, through its plurals and bold parts. */
function namesIn(text: string): { readonly values: readonly string[]; readonly tags: boolean } {
  const values = new Set<string>();
  let tags = false;
  const walk = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.tag) {
        tags = true;
        walk(element.children);
      } else if (element.type === TYPE.plural || element.type === TYPE.select) {
        values.add(element.value);
        for (const { value } of Object.values(element.options)) walk(value);
      } else if (element.type !== TYPE.literal && element.type !== TYPE.pound) {
        values.add(element.value);
      }
    }
  };
  walk(parse(text));
  return { values: [...values].sort(), tags };
}

/** Every string of a file; a word may be asked for by a table, too. */
function stringsIn(file: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) found.push(node.text);
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
}

/** Where a file says a text by its name. */
function usesIn(file: ts.SourceFile): readonly Use[] {
  const found: Use[] = [];
  const walk = (node: ts.Node): void => {
    const use = callOf(node) ?? elementOf(node);
    if (use !== undefined) found.push({ ...use, place: file.fileName });
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
}

type Asked = Omit<Use, 'place'>;

/** `say('word', { values })` */
function callOf(node: ts.Node): Asked | undefined {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'say') return undefined;
  const [word, values] = node.arguments;
  if (word === undefined || !ts.isStringLiteral(word)) return undefined;
  return { word: word.text, values: keysOf(values), rich: false };
}

/** `<Say word="word" values={{ values }} />` */
function elementOf(node: ts.Node): Asked | undefined {
  if (!ts.isJsxSelfClosingElement(node) || node.tagName.getText() !== 'Say') return undefined;
  const given = new Map(
    node.attributes.properties
      .filter(ts.isJsxAttribute)
      .map(({ name, initializer }) => [name.getText(), initializer]),
  );
  const word = given.get('word');
  if (word === undefined || !ts.isStringLiteral(word)) return undefined;
  const values = given.get('values');
  const inside = values !== undefined && ts.isJsxExpression(values) ? values.expression : undefined;
  return { word: word.text, values: keysOf(inside), rich: true };
}

function keysOf(values: ts.Node | undefined): readonly string[] {
  if (values === undefined) return [];
  if (!ts.isObjectLiteralExpression(values)) return ['values that are no literal'];
  return values.properties.map((property) => property.name?.getText() ?? 'spread').sort();
}

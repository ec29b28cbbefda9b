// Draws every icon of the app from icons.svg. Usage: node main/desktop/icons/make.mjs [path of a Chromium]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

const HERE = import.meta.dirname;
const PARTS = readFileSync(join(HERE, 'icons.svg'), 'utf8');
const ICO_HEADER = 6;
const ICO_ENTRY = 16;
const BITMAP_HEADER = 40;

/** Tray icons: told apart by their shape; the colour only helps. */
const TRAY = {
  ok: { base: 'tile', colour: '#0f766e' },
  busy: { base: 'tile', colour: '#0f766e' },
  attention: { base: 'tile', colour: '#b45309' },
  offline: { base: 'frame', colour: '#6b7280' },
  paused: { base: 'tile', colour: '#3b5bab' },
};

/** A coloured tile with a white glyph, or a frame with a glyph of its own colour. */
function coloured(glyph, { base, colour }) {
  const ink = base === 'tile' ? '#fff' : colour;
  return `<g style="--tile: ${colour}">${use(base, colour)}${use(glyph, ink)}</g>`;
}

/** Black and transparency only, as macOS wants its menu bar icons: the glyph is cut out of the tile. */
function template(glyph, { base }) {
  if (base === 'frame') return `${use(base, '#000')}${use(glyph, '#000')}`;
  return `<mask id="cut"><rect width="32" height="32" fill="#fff"/>${use(glyph, '#000')}</mask>
    <g mask="url(#cut)">${use(base, '#000')}</g>`;
}

function use(part, colour) {
  return `<use href="#${part}" color="${colour}" width="32" height="32"/>`;
}

/** Draws at a size in pixels. Answers the PNG file and the raw pixels, four bytes each. */
async function draw(page, content, size) {
  const drawing = PARTS.replace('</svg>', `${content}</svg>`).replace(
    '<svg ',
    `<svg width="${size}" height="${size}" `,
  );
  const { png, pixels } = await page.evaluate(
    async ([svg, side]) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = side;
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0, side, side);
      return { png: canvas.toDataURL(), pixels: [...context.getImageData(0, 0, side, side).data] };
    },
    [drawing, size],
  );
  return { size, png: Buffer.from(png.split(',')[1], 'base64'), pixels };
}

/** A Windows icon: one 32-bit bitmap a size, rows from the bottom up, blue before red, and a mask that hides nothing. */
function ico(drawings) {
  const bitmaps = drawings.map(({ size, pixels }) => {
    const header = Buffer.alloc(BITMAP_HEADER);
    header.writeUInt32LE(BITMAP_HEADER, 0);
    header.writeInt32LE(size, 4);
    header.writeInt32LE(size * 2, 8);
    header.writeUInt16LE(1, 12);
    header.writeUInt16LE(32, 14);
    const rows = Array.from({ length: size }, (_, y) =>
      pixels.slice((size - 1 - y) * size * 4, (size - y) * size * 4),
    );
    const body = Buffer.from(rows.flat()).swap32();
    for (let at = 0; at < body.length; at += 4) {
      // Swapped whole it is alpha, blue, green, red: alpha belongs at the end.
      const alpha = body[at];
      body.copyWithin(at, at + 1, at + 4);
      body[at + 3] = alpha;
    }
    return Buffer.concat([header, body, Buffer.alloc(Math.ceil(size / 32) * 4 * size)]);
  });
  const directory = Buffer.alloc(ICO_HEADER + ICO_ENTRY * drawings.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(drawings.length, 4);
  let offset = directory.length;
  for (const [index, { size }] of drawings.entries()) {
    const at = ICO_HEADER + ICO_ENTRY * index;
    directory.writeUInt8(size, at);
    directory.writeUInt8(size, at + 1);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(bitmaps[index].length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += bitmaps[index].length;
  }
  return Buffer.concat([directory, ...bitmaps]);
}

const executablePath = process.argv[2] ?? '/usr/bin/chromium';
const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
});
const page = await browser.newPage();
const save = (name, bytes) => writeFileSync(join(HERE, name), bytes);
for (const [state, look] of Object.entries(TRAY)) {
  const small = await draw(page, coloured(state, look), 16);
  const large = await draw(page, coloured(state, look), 32);
  save(`tray-${state}.png`, small.png);
  save(`tray-${state}@2x.png`, large.png);
  save(`tray-${state}.ico`, ico([small, await draw(page, coloured(state, look), 24), large]));
  save(`tray-${state}Template.png`, (await draw(page, template(state, look), 16)).png);
  save(`tray-${state}Template@2x.png`, (await draw(page, template(state, look), 32)).png);
}
save('app.png', (await draw(page, coloured('app', { base: 'tile', colour: '#0b5c57' }), 512)).png);
await browser.close();

// `node scripts/icons.mjs`: draws packaging/icon.svg at every size that the three systems want, and packs them as .ico and .icns.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';
import { chromium } from 'playwright-core';
import { build } from './build.mjs';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packaging');
const linux = [16, 24, 32, 48, 64, 128, 256, 512];
const windows = [256, 128, 64, 48, 32, 24, 16];
/** Apple's names of the sizes, in the order of its own iconutil. */
const apple = { ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic04: 16, ic14: 512, ic09: 512, ic05: 32, ic10: 1024, ic11: 32 };

const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
const png = await drawn(svg, [...new Set([...linux, ...windows, ...Object.values(apple)])]);

rmSync(join(folder, 'icons'), { recursive: true, force: true });
mkdirSync(join(folder, 'icons'));
for (const size of linux) writeFileSync(join(folder, 'icons', `${size}x${size}.png`), png.get(size));

const ico = new IconIco();
for (const size of windows) await ico.addFromPng(png.get(size), null, true);
writeFileSync(join(folder, 'icon.ico'), ico.encode());

const icns = new IconIcns();
icns.toc = true;
for (const [type, size] of Object.entries(apple)) await icns.addFromPng(png.get(size), [type], true);
writeFileSync(join(folder, 'icon.icns'), icns.encode());

/** The drawing as PNG, once for each size, in the browser that the product would print with. */
async function drawn(source, sizes) {
  await build({ only: 'node', quiet: true });
  const { findBrowser } = await import(new URL('../out/browser.js', import.meta.url).href);
  const found = await findBrowser();
  if (!found) throw new Error('No Chrome, Chromium or Edge was found: name one with DIPTYCH_CHROMIUM.');
  const browser = await chromium.launch({ executablePath: found.path, env: { ...process.env, ...found.env }, chromiumSandbox: false });
  try {
    const images = new Map();
    for (const size of sizes) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      const style = '<style>html,body{margin:0;background:none}svg{display:block;width:100vw;height:100vh}</style>';
      await page.setContent(style + source);
      images.set(size, await page.screenshot({ omitBackground: true }));
      await page.close();
    }
    return images;
  } finally {
    await browser.close();
  }
}

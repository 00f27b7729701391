// Marks of runs as a bad copier leaves them: without colour, and without greys.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

test('in black and white no two runs look alike', async ({ page }, info) => {
  const file = info.outputPath('runs.html');
  const paths = ['resources/samples', 'test/fixtures/mlflow-file/sweep-2.14/input'];
  execFileSync(process.execPath, ['bin/diptych.js', 'report', ...paths, '-o', file, '--sections', 'runs']);
  await page.setContent(readFileSync(file, 'utf8'));
  const worst = await page.evaluate(async () => {
    const swatches = [...document.querySelectorAll('#runs svg.swatch')];
    const pictures: Uint8ClampedArray[] = [];
    for (const swatch of swatches) {
      const copy = swatch.cloneNode(true) as SVGElement;
      copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [128, 40];
      const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, 128, 40);
      pen.filter = 'grayscale(1)';
      pen.drawImage(image, 0, 0, 128, 40);
      pictures.push(pen.getImageData(0, 0, 128, 40).data);
    }
    // Ink or none: shades of grey do not count, a bad copier keeps none of them.
    const ink = (data: Uint8ClampedArray, i: number): boolean => (data[i] as number) < 190;
    let least = Number.POSITIVE_INFINITY;
    for (const [at, a] of pictures.entries()) {
      for (const b of pictures.slice(at + 1)) {
        let differ = 0;
        for (let i = 0; i < a.length; i += 4) if (ink(a, i) !== ink(b, i)) differ += 1;
        least = Math.min(least, differ);
      }
    }
    return { runs: pictures.length, least };
  });
  expect(worst.runs).toBeGreaterThanOrEqual(15);
  // Of 5,120 pixels: a marker of another shape or a line with other gaps changes more than this.
  expect(worst.least).toBeGreaterThan(120);
});

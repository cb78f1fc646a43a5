// Pictures made small, compared with a tolerance. A picture is { width, height, data }, with red,
// green, blue and opacity of each point in `data`, a byte each, as pngjs has it.
import { PNG } from 'pngjs';

/** By how much of 255 a colour may lie outside the colours around the same point of the other picture. */
const COLOUR = 20;
/** To what the colours of small pictures are rounded, so that their files are small. */
const STEP = 15;

export const decode = (bytes) => PNG.sync.read(bytes);
export const encode = (picture) =>
  PNG.sync.write(Object.assign(new PNG({ width: picture.width, height: picture.height }), { data: picture.data }), {
    colorType: 2,
    deflateLevel: 9,
    deflateStrategy: 0,
    filterType: 0,
  });

/** A picture made smaller: each square of `scale` points becomes one of their mean colour, rounded. */
export function shrink({ width, height, data }, scale) {
  const small = blank(Math.floor(width / scale), Math.floor(height / scale));
  each(small, (x, y, to) => {
    for (let part = 0; part < 3; part++) {
      let sum = 0;
      for (let dy = 0; dy < scale; dy++) {
        const row = ((y * scale + dy) * width + x * scale) * 4 + part;
        for (let dx = 0; dx < scale; dx++) sum += data[row + dx * 4];
      }
      small.data[to + part] = Math.min(255, Math.round(sum / scale ** 2 / STEP) * STEP);
    }
  });
  return small;
}

/**
 * The share of points, from 0 to 1, at which one picture has a colour that the other has nowhere
 * around: letters drawn a little otherwise do not count, and a block that moved does. What one
 * picture has and the other, being shorter, has not, counts. `difference` shows where, in red.
 */
export function compare(before, after) {
  const width = Math.max(before.width, after.width);
  const height = Math.max(before.height, after.height);
  const difference = blank(width, height);
  let off = 0;
  each(difference, (x, y, to) => {
    const differs = strange(before, after, x, y) || strange(after, before, x, y);
    const pale = 255 - (255 - (at(after, x, y)?.[1] ?? 255)) / 3;
    difference.data.set(differs ? [208, 0, 0] : [pale, pale, pale], to);
    if (differs) off++;
  });
  return { share: off / (width * height), difference };
}

/** Whether the colour at a point of one picture is not among those around it in the other. */
function strange(one, other, x, y) {
  const colour = at(one, x, y);
  if (!colour) return true;
  for (let part = 0; part < 3; part++) {
    let [low, high] = [255, 0];
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const near = at(other, x + dx, y + dy)?.[part];
        if (near === undefined) continue;
        low = Math.min(low, near);
        high = Math.max(high, near);
      }
    }
    if (colour[part] < low - COLOUR || colour[part] > high + COLOUR) return true;
  }
  return false;
}

function at({ width, height, data }, x, y) {
  if (x < 0 || y < 0 || x >= width || y >= height) return undefined;
  const start = (y * width + x) * 4;
  return data.subarray(start, start + 3);
}

function blank(width, height) {
  return { width, height, data: Buffer.alloc(width * height * 4, 255) };
}

function each({ width, height }, visit) {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) visit(x, y, (y * width + x) * 4);
  }
}

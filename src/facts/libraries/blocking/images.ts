import type { BlockingContext, BlockingTable } from './blocking-call.ts';
import type { LibraryCall } from '../library.ts';
import { beside, blockingTable, callback, holds, majorOf, none, assumed, named, type Told } from './twins.ts';

/**
 * `image-size`, which reads a file up to version 1; since version 2 it is given bytes, and blocks no longer than they are looked at:
 * https://github.com/image-size/image-size/releases/tag/v2.0.0
 */
function imageSize(call: LibraryCall, context: BlockingContext): Told | undefined {
  const [image] = call.args;
  if (image === undefined || call.args.length !== 1) return undefined;
  const major = majorOf(call, context);
  if (major !== undefined && major > 1) return undefined;
  if (major === undefined)
    return none('which version of `image-size` it is of is not known, and they differ');
  const name = call.path === '()' ? 'default' : call.path.slice(0, -2);
  return {
    twin: callback(beside('image-size', name), {}, 'imageSizeAsync'),
    differences: [
      image.string === undefined
        ? assumed(`${named(call, 0)} is a path and no bytes, for which \`image-size\` does not call back`)
        : holds('the image is named by its path'),
    ],
  };
}

/** Packages that look into images or draw them. Of `sharp` nothing blocks. */
export const BLOCKING_IMAGES: readonly BlockingTable[] = [
  blockingTable({
    packages: ['image-size'],
    resource: 'file',
    source: 'https://github.com/image-size/image-size#readme',
    rows: [
      {
        path: /^(?:|imageSize|sizeOf)\(\)$/,
        blocks: 'reading the size of an image',
        tell: imageSize,
        name: 'imageSize',
      },
    ],
  }),
  blockingTable({
    packages: ['@napi-rs/canvas'],
    resource: 'cpu',
    source: 'https://github.com/Brooooooklyn/canvas#usage',
    rows: [
      {
        path: /^(?:createCanvas\(\)|Canvas#)\.encodeSync\(\)$/,
        blocks: 'encoding an image',
        tell: () => ({ twin: { kind: 'promise', from: beside('@napi-rs/canvas', 'encode') } }),
      },
    ],
  }),
  blockingTable({
    packages: ['pngjs'],
    resource: 'cpu',
    source: 'https://github.com/pngjs/pngjs#sync-api',
    rows: [
      {
        path: /^PNG\.sync\.(?:read|write)\(\)$/,
        blocks: 'decoding or encoding an image',
        tell: () => none('the other form of it is a stream with events'),
      },
    ],
  }),
];

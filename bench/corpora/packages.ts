/** A package whose tarball has sources that hasten would look at, and how they are found in it. */
export interface SourcePackage {
  readonly name: string;
  readonly version: string;
  /**
   * `files`: the sources themselves, or unminified JavaScript that somebody runs. `maps`: source maps that carry the TypeScript that the
   * package was compiled from.
   */
  readonly from: 'files' | 'maps';
  /** The folders of the tarball to take, each with the name that it gets; of maps, the folders of the original sources. */
  readonly folders: Readonly<Record<string, string>>;
  /** Only files whose paths in the tarball, or in the maps, match. */
  readonly only?: RegExp;
  /** Whether the packages it depends on are installed, so that their types are known. */
  readonly install?: boolean;
}

const SRC = { src: 'src' };

const loopback = (name: string, version: string): SourcePackage => ({
  name: `@loopback/${name}`,
  version,
  from: 'files',
  folders: SRC,
  install: true,
});

const servers: readonly SourcePackage[] = [
  loopback('rest', '15.0.16'),
  loopback('authentication', '12.0.16'),
  loopback('boot', '8.0.16'),
  loopback('rest-explorer', '8.0.16'),
];

const systems: readonly SourcePackage[] = [
  { name: '@backstage/plugin-catalog-backend', version: '4.0.0', from: 'maps', folders: SRC, install: true },
  {
    name: '@backstage/plugin-scaffolder-backend',
    version: '4.2.0',
    from: 'maps',
    folders: SRC,
    install: true,
  },
  { name: '@langchain/core', version: '1.4.0', from: 'maps', folders: SRC, install: true },
  { name: '@strapi/core', version: '5.54.0', from: 'maps', folders: SRC, install: true },
  { name: 'hardhat', version: '2.29.1', from: 'files', folders: SRC, install: true },
];

const others: readonly SourcePackage[] = [
  { name: 'renovate', version: '42.99.0', from: 'maps', folders: { lib: 'lib' } },
  { name: 'matrix-js-sdk', version: '37.5.0', from: 'files', folders: SRC },
  { name: 'viem', version: '2.57.20', from: 'files', folders: { '.': 'src' }, only: /^(?!_).*\.tsx?$/ },
  {
    name: 'ghost',
    version: '5.130.6',
    from: 'files',
    folders: { 'core/server': 'core/server', 'core/shared': 'core/shared', 'core/frontend': 'core/frontend' },
  },
  { name: 'firebase-tools', version: '14.27.0', from: 'files', folders: { lib: 'lib' } },
  { name: '@directus/api', version: '23.3.2', from: 'files', folders: { dist: 'src' } },
  { name: '@vendure/core', version: '3.7.3', from: 'files', folders: { dist: 'src' } },
  {
    name: 'n8n-nodes-base',
    version: '2.41.2',
    from: 'files',
    folders: { 'dist/nodes': 'nodes', 'dist/credentials': 'credentials', 'dist/utils': 'utils' },
  },
];

/** What each corpus is made of, by its size in lines. All of it is back-end code, or a library that back ends use. */
export const CORPORA: Readonly<Record<string, readonly SourcePackage[]>> = {
  '10k': servers,
  '150k': [...servers, ...systems],
  '1.5M': [...servers, ...systems, ...others],
};

/** What every corpus has beside the packages of its sources. */
export const TYPES_OF_NODE = { '@types/node': '22.20.5' };

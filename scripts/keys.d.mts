/** Bundles `npm run keys` into one file, which must lie where its packages are found; resolves to its path. */
export function bundleKeys(outfile?: string): Promise<string>

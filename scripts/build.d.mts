/** Builds what the sources ask for; nothing when they have not changed. Returns whether it built. */
export function build(): Promise<boolean>;
/** Bundles one TypeScript entry of the project for Node: `bundle('bench/main.ts', 'dist/bench.js')`. */
export function bundle(entry: string, outfile: string): Promise<void>;

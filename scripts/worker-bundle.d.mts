export const workerFile: string
export function bundleWorker(outfile?: string): Promise<unknown>
export function watchWorker(): Promise<void>

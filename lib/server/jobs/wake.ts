import 'server-only'

// The runner and those who make jobs may sit in different bundles of one process: they meet here.
const shared = globalThis as { posternWake?: (() => void) | undefined }

/** Tells the runner that there is something to do; without it the next poll finds the job. */
export const wakeRunner = (): void => shared.posternWake?.()

export function onWake(wake: () => void): void {
  shared.posternWake = wake
}

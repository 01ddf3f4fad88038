import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

// Shared by the configuration, which every worker loads anew, and by tests: the first to come decides, the others inherit.

/** E2E_URL names a server that runs already (with E2E_DATA_DIR its data directory); otherwise the built app is started on a new one. */
export const running = process.env.E2E_URL
export const port = Number(process.env.E2E_PORT ?? 4110)
export const baseURL = running ?? `http://127.0.0.1:${port}`

process.env.E2E_DATA_DIR ??= mkdtempSync(path.join(tmpdir(), 'postern-e2e-'))
/** Data directory of the server under test. */
export const dataDir = process.env.E2E_DATA_DIR
/** The admin's session, for contexts of a browser. */
export const stateFile = path.join(dataDir, 'e2e-state.json')

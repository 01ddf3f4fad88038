// Also part of the worker's bundle, hence without the mark server-only.
import { promisify } from 'node:util'
import { gunzip, gunzipSync, gzipSync } from 'node:zlib'

const unzip = promisify(gunzip)

/** JSON as it is stored. A report shrinks to about a tenth. */
export const pack = (value: unknown): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gzipSync(JSON.stringify(value), { level: 5 }))

/** The JSON again, unchecked: callers validate it. */
export const unpack = async (bytes: Uint8Array): Promise<unknown> => JSON.parse((await unzip(bytes)).toString('utf8'))

/** The same where nothing else waits: in the worker process. */
export const unpackSync = (bytes: Uint8Array): unknown => JSON.parse(gunzipSync(bytes).toString('utf8'))

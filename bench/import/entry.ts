// What bench/import.mjs needs of the core, bundled: reading files to a Config, and certificates for the generated organisation.
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { headBytes } from '../../lib/core/foreign'
import { defaultLimits } from '../../lib/core/limits'
import { type Config, collections, isUnset } from '../../lib/core/model'
import { readAll } from '../../lib/core/read-all'
import { nothingSaid } from '../../lib/core/reading'
import { makeCertificate } from '../../lib/core/testing/make-certificate'
import { makeSerializationData } from '../../lib/core/testing/make-serialization-data'

type Wanted = { subject: string; names: readonly string[]; serial: number; from: string; to: string }

const name = (common: string): readonly (readonly [string, string])[] => [
  ['2.5.4.6', 'DE'],
  ['2.5.4.10', 'Contoso'],
  ['2.5.4.3', common],
]

export function makeDer(o: Wanted): { der: Uint8Array; serial: string } {
  const serial = [0x10, (o.serial >> 16) & 0xff, (o.serial >> 8) & 0xff, o.serial & 0xff]
  const der = makeCertificate({
    subject: name(o.subject),
    issuer: name('Contoso Issuing CA'),
    names: o.names,
    notBefore: o.from,
    notAfter: o.to,
    serial,
    key: 'ec',
  })
  return { der, serial: Buffer.from(serial).toString('hex').toUpperCase() }
}

export const serialize = (services: number, identity: string): Uint8Array =>
  makeSerializationData({ services, status: 1, rootCAType: 1, identity, hasPrivateKey: true, signed: true })

function headOf(file: string): Uint8Array {
  const head = new Uint8Array(headBytes)
  const handle = openSync(file, 'r')
  try {
    return head.subarray(0, readSync(handle, head))
  } finally {
    closeSync(handle)
  }
}

/** Reads the files as the worker does: the bytes are asked for when they are needed, and the hash is that of the upload. */
export function read(files: readonly string[], root: string): { config: Config; milliseconds: number } {
  const start = performance.now()
  const { config } = readAll(
    files.map((file) => ({
      name: file.slice(root.length + 1),
      bytes: () => readFileSync(file),
      head: () => headOf(file),
      size: statSync(file).size,
      sha256: createHash('sha256').update(file).digest('hex'),
    })),
    { ...defaultLimits, auditBytes: 4e9, fileBytes: 1e9 },
    nothingSaid,
    () => undefined,
  )
  return { config, milliseconds: performance.now() - start }
}

/** Ids, states and values, without where they stand. `left` names what a format cannot carry: `certificates.AccessRules`. */
export function factsOf(config: Config, left: ReadonlySet<string>): { hash: string; objects: number; lines: string[] } {
  const lines = collections.flatMap((c) =>
    config[c].map((o) => {
      const properties = Object.values(o.properties).filter((p) => !left.has(`${c}.${p.name}`))
      // Text formats print null and empty alike.
      const values = properties.map((p) =>
        isUnset(p) === 'yes' ? [p.name, 'unset'] : [p.name, p.state, 'value' in p ? plain(p.value) : null],
      )
      return JSON.stringify([c, o.id, o.server, o.side, values.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))])
    }),
  )
  lines.sort()
  return {
    hash: createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16),
    objects: lines.length,
    lines,
  }
}

/** Format-List and CSV print no offset; the sessions of the bench run in UTC. */
const plain = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? value.slice(0, -1) : value

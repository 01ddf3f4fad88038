import { isGzip, isZip, listMembers, type Member, officeKind, readGzip, type Unpacked, unpackGzip } from './archive'
import { headBytes, isForeign } from './foreign'
import type { Limits } from './limits'
import { isManifestName, keyOf, type Manifest, readManifest } from './manifest'
import type { Diagnostic } from './model'
import { documentRefusal, unpackMember } from './refusals'
import type { AuditFile, OpenSource } from './source'

type BytesOf = {
  (file: AuditFile): Uint8Array
  /** The same, for whoever is the only one to ask: nothing of it is kept. */
  readonly last: (file: AuditFile) => Uint8Array
}

/** Bytes of a file; those of the latest one are kept, since the members of an archive are asked for one after the other. */
function byteReader(): BytesOf {
  let latest: { file: AuditFile; bytes: Uint8Array } | undefined
  const bytesOf = (file: AuditFile): Uint8Array => {
    if (typeof file.bytes !== 'function') return file.bytes
    if (latest?.file === file) return latest.bytes
    latest = undefined // two large files at once would be one too many
    latest = { file, bytes: file.bytes() }
    return latest.bytes
  }
  const last = (file: AuditFile): Uint8Array => {
    const bytes = bytesOf(file)
    latest = undefined
    return bytes
  }
  return Object.assign(bytesOf, { last })
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
const tooLarge = (size: number, limit: number): Diagnostic => ({
  code: 'too-large',
  level: 'error',
  params: { size, limit },
})

/** Files in the order of their names, members behind their archive; ids s1, s2 … in that order. */
export function openSources(files: readonly AuditFile[], limits: Limits): OpenSource[] {
  const out: OpenSource[] = []
  const bytesOf = byteReader()
  let left = limits.auditBytes
  const add = (s: Omit<OpenSource, 'id'>): void => {
    out.push({ id: `s${out.length + 1}`, ...s })
    if (s.load !== null) left -= s.bytes
  }
  const refuse = (name: string, bytes: number, refusal: Diagnostic): void =>
    add({ name, bytes, load: null, refusal, isArchive: false })
  const sorted = [...files].sort(byName)
  const said = manifestsOf(sorted.filter((f) => f.refusal === undefined).map((f) => entryOf(f, bytesOf)))
  for (const file of sorted) {
    const { name } = file
    const first = file.size ?? (typeof file.bytes === 'function' ? undefined : file.bytes.length)
    const limit = Math.min(limits.fileBytes, left)
    if (file.refusal !== undefined) {
      refuse(name, first ?? 0, file.refusal)
      continue
    }
    if (first !== undefined && first > limit) {
      refuse(name, first, tooLarge(first, limit))
      continue
    }
    const head = headOf(file)
    const bytes = head ?? bytesOf(file)
    const size = head === undefined ? bytes.length : (first ?? bytes.length)
    if (size > limit) refuse(name, size, tooLarge(size, limit))
    else if (isZip(bytes)) openZip(file, bytesOf, limits, left - size, add)
    else if (isGzip(bytes)) openGzip(file, bytesOf, limits, left - size, add)
    else {
      const isOwn = typeof file.bytes === 'function'
      // All of it need not be read where its head tells what it is. The hash must be known as well: it is that of all bytes.
      const isTold = head !== undefined && file.sha256 !== undefined && isForeign(head, name)
      const load = () => ({ bytes: (isTold ? file.head?.() : undefined) ?? bytesOf.last(file), isOwn })
      add({ name, bytes: size, load, isArchive: false, ...hashOf(file), ...said(name) })
    }
  }
  return out
}

/** The head of a file that is larger: what it begins with is enough to open it, unless it is an archive. */
const headOf = ({ head, size = 0 }: AuditFile): Uint8Array | undefined => (size > headBytes ? head?.() : undefined)

const hashOf = (file: AuditFile) => (file.sha256 === undefined ? {} : { sha256: file.sha256 })

type Add = (s: Omit<OpenSource, 'id'>) => void
type Named = { readonly name: string; readonly read: () => Uint8Array | undefined }
type Said = Pick<OpenSource, 'hint' | 'manifest'>

/** Longer than any manifest; a file of that size is not opened only to see what it is. */
const MAX_MANIFEST_BYTES = 16_000_000
const MAX_MANIFESTS = 20

function entryOf(file: AuditFile, bytesOf: BytesOf): Named {
  const size = file.size ?? (typeof file.bytes === 'function' ? Number.POSITIVE_INFINITY : file.bytes.length)
  return { name: file.name, read: () => (size > MAX_MANIFEST_BYTES ? undefined : bytesOf(file)) }
}

/** What the manifests among files say of each of them. A manifest speaks for its folder and what lies below. */
function manifestsOf(entries: readonly Named[]): (name: string) => Said {
  const found: { folder: string; name: string; manifest: Manifest }[] = []
  for (const { name, read } of entries.filter((e) => isManifestName(e.name)).slice(0, MAX_MANIFESTS)) {
    const folder = name.slice(0, name.lastIndexOf('/') + 1)
    const inside = entries.filter((e) => e.name.startsWith(folder)).map((e) => keyOf(e.name.slice(folder.length)))
    const bytes = read()
    const manifest = bytes && readManifest(bytes, new Set(inside))
    if (manifest !== undefined) found.push({ folder, name, manifest })
  }
  found.sort((a, b) => b.folder.length - a.folder.length)
  return (name) => {
    const own = found.find((f) => f.name === name)
    if (own !== undefined) return { manifest: own.manifest }
    const over = found.find((f) => name.startsWith(f.folder))
    const hint = over?.manifest.hints.get(keyOf(name.slice(over.folder.length)))
    return hint === undefined ? {} : { hint }
  }
}

function openZip(file: AuditFile, bytesOf: BytesOf, limits: Limits, left: number, add: Add): void {
  const bytes = bytesOf(file)
  const { members, refusal } = listMembers(bytes, limits, left)
  const office = officeKind(members.map((m) => m.name))
  const whole = office === undefined ? refusal : documentRefusal(office)
  const load = () => ({ bytes: bytesOf(file) })
  const archive = { name: file.name, bytes: bytes.length, load, packing: 'zip' as const, ...hashOf(file) }
  if (whole !== undefined) add({ ...archive, refusal: { level: 'error', ...whole }, isArchive: true })
  else add({ ...archive, isArchive: true, isEmpty: members.length === 0 })
  if (whole === undefined) openMembers(file, members, bytesOf, add)
}

function openMembers(file: AuditFile, members: readonly Member[], bytesOf: BytesOf, add: Add): void {
  const unpack = (m: Member): Unpacked => unpackMember(bytesOf(file), m.entry)
  const said = manifestsOf(
    members
      .filter((m) => m.refusal === undefined)
      .map((m) => ({
        name: m.name,
        read: () => {
          const unpacked = m.entry.size > MAX_MANIFEST_BYTES ? undefined : unpack(m)
          return unpacked && 'bytes' in unpacked ? unpacked.bytes : undefined
        },
      })),
  )
  for (const m of members) {
    const name = `${file.name}!/${m.name}`
    const bytes = m.entry.size
    if (m.refusal === undefined) add({ name, bytes, load: () => unpack(m), isArchive: false, ...said(m.name) })
    else add({ name, bytes, load: null, refusal: { level: 'error', ...m.refusal }, isArchive: false })
  }
}

function openGzip(file: AuditFile, bytesOf: BytesOf, limits: Limits, left: number, add: Add): void {
  const bytes = bytesOf(file)
  const { name: inner, entry, refusal } = readGzip(bytes, file.name, limits, left)
  const load = () => ({ bytes: bytesOf(file) })
  add({ name: file.name, bytes: bytes.length, load, isArchive: true, packing: 'gzip', ...hashOf(file) })
  const name = `${file.name}!/${inner}`
  if (refusal !== undefined)
    add({ name, bytes: entry.size, load: null, refusal: { level: 'error', ...refusal }, isArchive: false })
  else add({ name, bytes: entry.size, load: () => unpackGzip(bytesOf(file), entry), isArchive: false })
}
